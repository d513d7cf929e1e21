"""What keeps the records, as a small port."""

from collections.abc import Collection
from typing import Protocol

from shared.roster.records import Membership, Relationship
from shared.template.resolving import Needed

__all__ = ["Roster"]


class Roster(Protocol):
    """Memberships and relations of all programmes."""

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

    async def named_in(self, programme_id: str, entry_id: str) -> list[Membership]:
        """Return the memberships that an entry of a form brought about, the oldest first."""
        ...

    async def members(self, programme_id: str, wanted: Needed) -> list[Membership]:
        """Return who holds a role at these schools, at no school, or one of these roles anywhere; the oldest first."""
        ...

    async def standing_to(self, programme_id: str, person_ids: Collection[str]) -> list[Relationship]:
        """Return the relations that stand to these people."""
        ...

    async def forget(self, person_id: str) -> None:
        """Delete everything about somebody."""
        ...
