"""The key of seals, and what was sent before there were any."""

from collections.abc import Iterable
from typing import Protocol


class SealKey(Protocol):
    """A secret of this service, made once and kept with its data."""

    async def get(self) -> bytes:
        """Return the key, 32 random bytes; make it where there is none."""
        ...


class Entries(Protocol):
    """Calendar entries that people were sent."""

    async def plain(self, target_ids: Iterable[str], person_ids: Iterable[str]) -> set[tuple[str, str]]:
        """Return (target, person) of those whose entry was written without a seal, as release 0.1.0 did."""
        ...
