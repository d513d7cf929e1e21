"""What keeps the records, as a small port."""

from collections.abc import Collection
from typing import Protocol

from shared.roster.records import Membership, Party, Relationship, SchoolStanding
from shared.template.resolving import Needed

__all__ = ["Roster"]


class Roster(Protocol):
    """Memberships, relations, parties and categories of schools, of all programmes."""

    async def membership(self, membership_id: str) -> Membership | None:
        """Return a membership, also one that has ended."""
        ...

    async def relationship(self, relation_id: str) -> Relationship | None:
        """Return a relation, also one that has ended."""
        ...

    async def put_membership(self, membership: Membership) -> None:
        """Save it in place of an older one."""
        ...

    async def put_relationship(self, relationship: Relationship) -> None:
        """Save it in place of an older one."""
        ...

    async def of_person(self, programme_id: str, person_id: str) -> list[Membership]:
        """Return all of somebody's memberships of a programme, ended ones too, the oldest first."""
        ...

    async def held_by(self, person_id: str) -> list[Membership]:
        """Return all of somebody's memberships, of all programmes, ended ones too, the oldest first."""
        ...

    async def named_in(self, programme_id: str, entry_id: str) -> list[Membership]:
        """Return the memberships that an entry of a form brought about, the oldest first."""
        ...

    async def members(self, programme_id: str, wanted: Needed) -> list[Membership]:
        """Return who holds a role at these schools, at no school, or one of these roles anywhere; the oldest first."""
        ...

    async def standing_among(self, programme_id: str, person_ids: Collection[str]) -> list[Relationship]:
        """Return the relations in which one of these people stands, at either end, by id; ended ones too."""
        ...

    async def party(self, party_id: str) -> Party | None:
        """Return a trust or partnership, also one that has left."""
        ...

    async def put_party(self, party: Party) -> None:
        """Save it in place of an older one."""
        ...

    async def parties(self, programme_id: str) -> list[Party]:
        """Return the parties that take part in a programme, by id; those that have left are not among them."""
        ...

    async def school_standing(self, standing_id: str) -> SchoolStanding | None:
        """Return the categories of a school, by the id of its standing."""
        ...

    async def put_school_standing(self, standing: SchoolStanding) -> None:
        """Save them in place of older ones."""
        ...

    async def school_standings(self, programme_id: str) -> list[SchoolStanding]:
        """Return the categories of a programme's schools, by school, as far as anybody has decided."""
        ...

    async def forget(self, person_id: str) -> None:
        """Delete everything about somebody."""
        ...
