"""Who takes part: a change of roles or relations changes who owes what."""

import datetime as dt

from services.tasks.handlers.cases import Cases
from services.tasks.handlers.projection import Projection
from services.tasks.handlers.timers import PEOPLE, lay_out
from services.tasks.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events.parties import PartyAmended, PartyEnrolled, PartyWithdrawn, SchoolCategorised
from shared.events.programmes_parts import RelationDeclared, RelationEnded, RoleLeft, RoleTaken
from shared.roster import RosterProjection

__all__ = ["People"]


class People:
    """One method an event; the roster is kept first."""

    def __init__(self, stores: Stores, cases: Cases, projection: Projection) -> None:
        self._stores = stores
        self._cases = cases
        self._roster = RosterProjection(stores.roster)
        self._projection = projection

    async def taken(self, event: RoleTaken, work: UnitOfWork) -> None:
        """Somebody has a role: at once, or from a day that is still to come."""
        await self._roster.taken(event, work)
        await self._projection.happened(event, work)
        await self._changed(event, event.since, work)

    async def left(self, event: RoleLeft, work: UnitOfWork) -> None:
        """Somebody has it no longer; what they owed passes to who takes their place."""
        await self._roster.left(event, work)
        await self._changed(event, event.until, work)

    async def related(self, event: RelationDeclared | RelationEnded, work: UnitOfWork) -> None:
        """A relation stands, or stands no longer."""
        await self._roster.related(event, work)
        roster, ends = self._stores.roster, (event.from_person, event.to_person)
        memberships = [one for person in ends for one in await roster.of_person(event.programme_id, person)]
        schools = sorted({one.school_id for one in memberships if one.school_id})
        things = await self._stores.around.of_schools(event.programme_id, schools)
        await self._cases.settle(event.programme_id, things, work)
        programme = await self._stores.programmes.get(event.programme_id)
        for day in filter(None, (event.since, event.until)):
            if programme is not None and day > programme.local_day(work.now):
                for school in schools:
                    data = {"programme_id": event.programme_id, "school_id": school}
                    work.remind(PEOPLE, f"{event.relation_id}:{day}:{school}", programme.morning(day), data)

    async def party(self, event: PartyEnrolled | PartyAmended | PartyWithdrawn, work: UnitOfWork) -> None:
        """A trust or partnership has other schools: its people are named for them, or no longer."""
        await self._roster.party(event, work)
        await self._projection.happened(event, work)
        schools = {one.school_id for one in event.schools}
        things = await self._stores.around.of_schools(event.programme_id, schools)
        await self._cases.settle(event.programme_id, things, work)

    async def categorised(self, event: SchoolCategorised, work: UnitOfWork) -> None:
        """A school is in another category, or will be from a day on: its people owe what schools there owe."""
        await self._roster.categorised(event, work)
        things = await self._stores.around.of_schools(event.programme_id, [event.school_id])
        await self._cases.settle(event.programme_id, things, work)
        programme = await self._stores.programmes.get(event.programme_id)
        for day in [one.since for one in event.decisions]:
            if programme is not None and day > programme.local_day(work.now):
                data = {"programme_id": event.programme_id, "school_id": event.school_id}
                work.remind(PEOPLE, f"{event.standing_id}:{day}", programme.morning(day), data)

    async def _changed(self, event: RoleTaken | RoleLeft, day: dt.date, work: UnitOfWork) -> None:
        programme = await self._stores.programmes.get(event.programme_id)
        if programme is None:
            return
        if event.school_id is None:
            lay_out(event.programme_id, "", work)
            return
        if day > programme.local_day(work.now):
            data = {"programme_id": event.programme_id, "school_id": event.school_id}
            key = f"{event.membership_id}:{day.isoformat()}"
            work.remind(PEOPLE, key, programme.morning(day), data)
            return
        things = await self._stores.around.of_schools(event.programme_id, [event.school_id])
        await self._cases.settle(event.programme_id, things, work)
