"""Placements, places on offer, pairs."""

from collections.abc import Iterable
from typing import Protocol

from services.portal.domain.places import Offer, Pair, Placement

__all__ = ["Places"]


class Places(Protocol):
    """What `matching` has told of places in other schools, and of who is with whom."""

    async def find(self, match_ids: Iterable[str]) -> dict[str, Placement]:
        """Return placements by id, ended ones too."""
        ...

    async def to_things(self, thing_entry_ids: Iterable[str]) -> list[Placement]:
        """Return the placements to these things that stand."""
        ...

    async def of_entries(self, person_entry_ids: Iterable[str]) -> list[Placement]:
        """Return the placements that stand of people who were named by these entries."""
        ...

    async def pairs(self, pair_ids: Iterable[str]) -> dict[str, Pair]:
        """Return pairs by id, ended ones too."""
        ...

    async def pairs_of(self, person_id: str) -> list[Pair]:
        """Return the pairs that somebody is in."""
        ...

    async def offer(self, offer_id: str) -> Offer | None:
        """Return a place on offer, settled ones too."""
        ...

    async def offers_to(self, person_id: str, person_entry_ids: Iterable[str]) -> list[Offer]:
        """Return what is or was offered to somebody, or to people named by these entries, the newest last day first."""
        ...

    async def offers_of(self, thing_entry_ids: Iterable[str]) -> list[Offer]:
        """Return the offers of these things that are open."""
        ...
