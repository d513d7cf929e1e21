"""What has happened since somebody looked, and how far programmes are."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from services.portal.domain.happened import Counts, Happening

__all__ = ["Happened"]


class Happened(Protocol):
    """Short facts, kept for sixty days."""

    async def since(self, when: dt.datetime) -> Sequence[Happening]:
        """Return what has happened since then, by programme and kind."""
        ...

    async def counts(self, programme_ids: Iterable[str]) -> Mapping[str, Counts]:
        """Return how far the dates and writings of each of these programmes are, by programme."""
        ...

    async def seen(self, person_id: str) -> dt.datetime | None:
        """Return when somebody last said that they have seen it all."""
        ...

    async def see(self, person_id: str, at: dt.datetime) -> None:
        """Note that somebody has seen it all."""
        ...
