"""Keeps a roster from what `programmes` publishes; the newest fact wins, whatever the order of arrival."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.parties import PartyAmended, PartyEnrolled, PartyWithdrawn, SchoolCategorised
from shared.events.programmes_parts import RelationDeclared, RelationEnded, RoleLeft, RoleTaken
from shared.roster.port import Roster
from shared.roster.records import Membership, Party, Relationship, SchoolStanding

__all__ = ["RosterProjection"]


class RosterProjection:
    """One method an event. `handlers` goes into a service's own projection, so that order is kept with its facts."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster

    def handlers(self) -> Mapping[type[Any], Callable[..., Awaitable[None]]]:
        """Event -> handler, to be joined with the service's others."""
        return {
            RoleTaken: self.taken,
            RoleLeft: self.left,
            RelationDeclared: self.related,
            RelationEnded: self.related,
            PartyEnrolled: self.party,
            PartyAmended: self.party,
            PartyWithdrawn: self.party,
            SchoolCategorised: self.categorised,
        }

    async def taken(self, event: RoleTaken, work: UnitOfWork) -> None:
        """Somebody has a role."""
        known = await self._roster.membership(event.membership_id)
        if known is None or known.version < event.version:
            await self._roster.put_membership(Membership.taken(event))

    async def left(self, event: RoleLeft, work: UnitOfWork) -> None:
        """Somebody has it no longer."""
        known = await self._roster.membership(event.membership_id)
        if known is None:
            raise NotYet(f"The membership {event.membership_id} is not known yet.")
        if known.version < event.version:
            await self._roster.put_membership(known.left(event))

    async def related(self, event: RelationDeclared | RelationEnded, work: UnitOfWork) -> None:
        """A relation stands, or stands no longer."""
        known = await self._roster.relationship(event.relation_id)
        if known is None or known.version < event.version:
            await self._roster.put_relationship(Relationship.of(event))

    async def party(self, event: PartyEnrolled | PartyAmended | PartyWithdrawn, work: UnitOfWork) -> None:
        """A trust or partnership has these schools, or takes part no longer."""
        known = await self._roster.party(event.party_id)
        if known is None or known.version < event.version:
            await self._roster.put_party(Party.of(event))

    async def categorised(self, event: SchoolCategorised, work: UnitOfWork) -> None:
        """Somebody has decided on the category of a school."""
        known = await self._roster.school_standing(event.standing_id)
        if known is None or known.version < event.version:
            await self._roster.put_school_standing(SchoolStanding.model_validate(event.model_dump()))
