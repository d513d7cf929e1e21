"""Trusts and partnerships of programmes, relations between people, and categories of schools."""

from collections.abc import Iterable
from typing import Protocol

from services.programmes.domain.parties.records import PartyRecord, RelationRecord, StandingRecord

__all__ = ["Parties"]


class Parties(Protocol):
    """Kept by programme; one that has left is kept, too."""

    async def party(self, party_id: str) -> PartyRecord | None:
        """A party, also one that has left, or the programme's own people."""
        ...

    async def parties(self, programme_id: str) -> list[PartyRecord]:
        """Those that take part in a programme, by name; its own people are one of them."""
        ...

    async def of_trusts(self, trust_ids: Iterable[str]) -> list[PartyRecord]:
        """The parties of these trusts that take part in any programme, by id."""
        ...

    async def with_schools(self, school_ids: Iterable[str]) -> list[PartyRecord]:
        """The parties that one of these schools is or was of, and that take part in any programme, by id."""
        ...

    async def put_party(self, party: PartyRecord) -> None:
        """Save it in place of an older one."""
        ...

    async def relations(self, programme_id: str) -> list[RelationRecord]:
        """All relations of a programme that were declared, ended ones too, by id."""
        ...

    async def put_relations(self, relations: Iterable[RelationRecord]) -> None:
        """Save them in place of older ones."""
        ...

    async def standing(self, standing_id: str) -> StandingRecord | None:
        """The categories of a school."""
        ...

    async def standings(self, programme_id: str) -> list[StandingRecord]:
        """The categories of a programme's schools, by URN."""
        ...

    async def put_standing(self, standing: StandingRecord) -> None:
        """Save them in place of older ones."""
        ...

    async def forget(self, person_id: str) -> None:
        """Delete somebody's roles and relations; of what they decided stays what and why, not who."""
        ...
