"""Another day for a visit of a duty, or none, as the coordinator says."""

import datetime as dt

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.calendars.term_dates import school_year
from services.scheduling.domain.duties.records import Duty
from services.scheduling.domain.duties.visiting import called_off, invited, moved_to
from services.scheduling.domain.visits.records import EventDecision
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.handlers.duties.commands import programme_of
from services.scheduling.handlers.duties.loading import places_of, school_years
from services.scheduling.handlers.duties.whereabouts import Whereabouts, in_roles
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.duties import CancelDutyDay, MoveDutyDay
from shared.errors import Rejected
from shared.template import Activity

__all__ = ["DutyDays"]

WHY = "coordinator"


class DutyDays:
    """One method a command."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._events = CohortEvents(stores.events, stores.programmes)

    async def move(self, command: MoveDutyDay, work: UnitOfWork) -> Done:
        """The visit gets that day, under the same UID where people were invited already."""
        programme, activity, duty = await self._meant(command)
        every = await self._stores.engine.all_schools(programme.programme_id)
        here = [one for one in every if one.school_id == duty.school_id]
        year = (await school_years(self._stores, here, every, duty.year))[duty.school_id]
        people, today = duty.people_on(command.on), programme.today(work.now)
        places = await places_of(
            self._stores, people, duty.year, without=[duty.duty_id], horizon=year.horizon, now=work.now
        )
        mornings, afternoons = places.elsewhere(people, duty.school_id)
        taken = set(year.horizon.dates(mornings | afternoons))
        where = await self._where(activity, duty, command.on, programme, work.now) if command.on in taken else ""
        after = moved_to(duty, command.day, command.on, year=year, elsewhere=taken, today=today, where=where)
        await self._decided(after, command.day, command.on, today, work)
        return Done(id=duty.duty_id, sentence=f"{activity.title} at {here[0].name} is on {in_words(command.on)}.")

    async def cancel(self, command: CancelDutyDay, work: UnitOfWork) -> Done:
        """The visit is taken out of calendars, and nobody owes it."""
        programme, activity, duty = await self._meant(command)
        today = programme.today(work.now)
        await self._decided(called_off(duty, command.day, command.why, today), command.day, None, today, work)
        said = f"{activity.title} on {in_words(command.day)} does not take place. Who was invited is told."
        return Done(id=duty.duty_id, sentence=said)

    async def _where(
        self, activity: Activity, duty: Duty, on: dt.date, programme: EngineProgramme, now: dt.datetime
    ) -> str:
        """Who of those who come is where on that day, by their roles."""
        people = duty.people_on(on)
        known = await Whereabouts.on(self._stores, people, [on], now)
        members = [one for each in people for one in await self._stores.roster.of_person(programme.programme_id, each)]
        roles = {one.person_id: one.role for one in invited(activity, duty, on, members)}
        return in_roles(known.of(duty, [on]), programme, roles)

    async def _decided(self, after: Duty, day: dt.date, on: dt.date | None, today: dt.date, work: UnitOfWork) -> None:
        """Keep the duty, and put its visit on another day or on none where people were invited."""
        await self._stores.duties.put([after])
        for visit in (await self._stores.events.of_duties([after.duty_id], today)).get(after.duty_id, []):
            if visit.state == "published" and visit.event.on == day:
                await self._events.decide(visit, EventDecision(on=on, why=WHY), work)

    async def _meant(self, command: MoveDutyDay | CancelDutyDay) -> tuple[EngineProgramme, Activity, Duty]:
        """The duty that a command names, in its turn. Raises Rejected."""
        programme = await programme_of(self._stores, command.programme_id)
        activity = programme.template.activity(command.activity)
        if activity is None or not activity.hosted:
            known = ", ".join(one.key for one in programme.template.activities if one.hosted) or "none"
            raise Rejected("unknown-duty", f"'{command.activity}' is no duty with hours; the template has: {known}.")
        await self._stores.duties.claim(programme.programme_id)
        return programme, activity, await self._duty(programme, command)

    async def _duty(self, programme: EngineProgramme, command: MoveDutyDay | CancelDutyDay) -> Duty:
        """The duty that has that day; else the first one, which says which days it has. Raises Rejected."""
        found = await self._stores.duties.of_programme(
            programme.programme_id,
            school_year(command.day),
            school_id=command.school_id,
            activity=command.activity,
        )
        standing = [one for one in found if not one.ended]
        if not standing:
            raise Rejected(
                "unknown-duty", "This school has no such duty in that year. `kindred duties list` shows all."
            )
        return next((one for one in standing if command.day in one.days), standing[0])
