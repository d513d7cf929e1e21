"""Entries of forms, as far as events tell of them."""

from collections.abc import Iterable
from typing import Protocol

from services.portal.domain.entries import Entry

__all__ = ["Entries"]


class Entries(Protocol):
    """Entries that were handed in."""

    async def find(self, entry_ids: Iterable[str]) -> dict[str, Entry]:
        """Return those that are known, by id."""
        ...

    async def of_author(self, person_id: str) -> list[Entry]:
        """Return what somebody has handed in, of all programmes and forms; withdrawn ones are left out."""
        ...
