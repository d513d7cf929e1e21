"""Lays out the duties of a programme whenever something has changed, some schools at a time; ends weeks."""

import datetime as dt
from collections.abc import Collection, Sequence

from services.scheduling.domain.agreed.records import EngineProgramme, HostSchool
from services.scheduling.domain.duties.batches import changed
from services.scheduling.domain.duties.lines import DUTY, lines
from services.scheduling.domain.duties.records import TRUST, Duty, monday
from services.scheduling.domain.duties.weeks import ended, lately_over, next_end, otherwise_now, paused
from services.scheduling.handlers.duties.loading import around, places_of, school_years
from services.scheduling.handlers.duties.visits import DutyVisits, has_visits
from services.scheduling.ports.stores import Stores
from shared.bus import Reminder, UnitOfWork

__all__ = ["LAYOUT", "WEEK", "DutyLayout", "has_duties"]

LAYOUT, WEEK = "duties-layout", "duties-week"
SOON = dt.timedelta(minutes=1)
"""Changes come in bursts: a school with its people, a trust with its schools."""
SCHOOLS_AT_ONCE = 25


def has_duties(programme: EngineProgramme | None) -> bool:
    """Whether its template declares duties."""
    return programme is not None and any(one.kind == DUTY for one in programme.template.activities)


class DutyLayout:
    """Reminders of programmes to be laid out, and of weeks that end."""

    def __init__(self, stores: Stores) -> None:
        self._stores, self._visits = stores, DutyVisits(stores)

    async def due(self, programme_id: str, work: UnitOfWork) -> None:
        """Have a programme's duties laid out soon, where it has any."""
        programme = await self._stores.engine.programme(programme_id)
        if programme is not None and has_duties(programme):
            work.remind(LAYOUT, programme_id, work.now + SOON, {"programme_id": programme_id, "after": ""})
            work.remind(WEEK, programme_id, next_end(work.now, programme.template.timezone))

    async def calendars_changed(self, work: UnitOfWork, *, school_id: str = "", authority_code: str = "") -> None:
        """Have the duties laid out of all programmes with that school, or with a school of that authority."""
        found = await self._stores.engine.programmes_with(school_id=school_id, authority_code=authority_code)
        for programme_id in found:
            await self.due(programme_id, work)

    async def lay_out(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Lay out the duties at the next schools, and go on with those after them."""
        programme_id, after = reminder.data["programme_id"], reminder.data["after"]
        programme = await self._stores.engine.programme(programme_id)
        if programme is None or not has_duties(programme):
            return
        await self._stores.duties.claim(programme_id)
        every = await self._stores.engine.all_schools(programme_id)
        following = [one for one in every if one.school_id > after]
        here = following[:SCHOOLS_AT_ONCE]
        for year in range(programme.year, programme.year + programme.template.clock.years):
            await self._year(programme, year, here, every, work, trust=not after)
        if len(following) > len(here):
            data = {"programme_id": programme_id, "after": here[-1].school_id}
            work.remind(LAYOUT, programme_id, work.now, data)

    async def _year(
        self,
        programme: EngineProgramme,
        year: int,
        here: Sequence[HostSchool],
        every: Sequence[HostSchool],
        work: UnitOfWork,
        *,
        trust: bool,
    ) -> None:
        today = programme.today(work.now)
        standing = [one.school_id for one in here if not one.withdrawn]
        years = await school_years(self._stores, here, every, year)
        if TRUST not in years:
            return
        ids = {one.school_id for one in here} | ({TRUST} if trust else set())
        before = [
            one
            for one in await self._stores.duties.at_schools(programme.programme_id, ids, year)
            if one.school_id in years
        ]
        known = await around(self._stores, programme, standing, today)
        wanted = [
            line for line in lines(known, year, [*([TRUST] if trust else []), *standing]) if line.school_id in years
        ]
        people = {person for line in wanted for person in line.person_ids}
        without = {one.duty_id for one in before} | {line.duty_id for line in wanted}
        horizon = years[TRUST].horizon
        places = await places_of(self._stores, people, year, without=without, horizon=horizon, now=work.now)
        after = changed(wanted, before, years, places, today)
        await self._stores.duties.put(after)
        await self._told_otherwise(programme, before, after, work)
        now = {one.duty_id: one for one in (*before, *after)}
        names = {one.school_id: one.name for one in here}
        await self._visits.follow(known, now.values(), years, names, work)

    async def _told_otherwise(
        self, programme: EngineProgramme, before: Sequence[Duty], after: Sequence[Duty], work: UnitOfWork
    ) -> None:
        """What excuses somebody, or no longer does, holds for a week that was told to be over, too."""
        known = {one.duty_id: one for one in before}
        for week in lately_over(work.now, programme.template.timezone):
            if people := otherwise_now(known, after, week):
                await self._tell(programme, week, work, people)

    async def week_over(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Tell of everybody who had duties in the week that they can tick them off; look again in a week.

        A reminder that comes late is about the week in which it was due, and the weeks since then follow it.
        """
        programme = await self._stores.engine.programme(reminder.key)
        if programme is None or not has_duties(programme):
            return
        at = min(reminder.due, work.now)
        work.remind(WEEK, reminder.key, next_end(at, programme.template.timezone))
        if has_visits(programme):
            await self.due(reminder.key, work)
        today = programme.today(at)
        if not paused(today, programme.pauses):
            await self._stores.duties.claim(programme.programme_id)
            await self._tell(programme, monday(today), work)

    async def _tell(
        self, programme: EngineProgramme, week: dt.date, work: UnitOfWork, people: Collection[str] | None = None
    ) -> None:
        """Tell everybody, or these people alone, how their week stands where that is new."""
        stores = self._stores.duties
        duties = await stores.between(programme.programme_id, week, week + dt.timedelta(days=6))
        told = {one.person_id: one for one in await stores.weeks(programme.programme_id, week)}
        news = ended(programme.programme_id, duties, week, programme.pauses, told)
        here = [(record, event) for record, event in news if people is None or record.person_id in people]
        await stores.put_weeks(record for record, _ in here)
        for _, event in here:
            work.publish(event)
