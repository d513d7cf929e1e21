"""Visits that duties with hours bring: invited to some weeks before, moved and called off as the duties are."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.duties.lines import Around
from services.scheduling.domain.duties.records import Duty
from services.scheduling.domain.duties.visiting import Changes, Off, changes, drafted, invited, no_day_left
from services.scheduling.domain.duties.years import SchoolYear
from services.scheduling.domain.visits.disruptions import POSTPONED
from services.scheduling.domain.visits.invitations import invite_to_event
from services.scheduling.domain.visits.publication import decide_event
from services.scheduling.domain.visits.records import EventDecision, EventRecord, ProgrammeRecord
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.handlers.duties.whereabouts import Whereabouts, days_between, in_roles
from services.scheduling.handlers.loading.cohorts import programme_of as programme_record
from services.scheduling.handlers.timers import reminders
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events.scheduling_parts import Attendee
from shared.template import Activity

__all__ = ["DutyVisits", "has_visits"]

PUBLISHED = "published"


def has_visits(programme: EngineProgramme) -> bool:
    """Whether its template declares duties to which people are invited."""
    return any(one.hosted for one in programme.template.activities)


@dataclass(frozen=True, slots=True)
class _Hosted:
    """A duty with hours, with what its visits are made of; `school`: the name of where they take place."""

    around: Around
    activity: Activity
    duty: Duty
    record: ProgrammeRecord
    school: str

    @property
    def until(self) -> dt.date:
        """The last day to which people are invited by now."""
        return self.around.today + dt.timedelta(weeks=self.activity.invite_weeks)

    def people(self, on: dt.date) -> tuple[Attendee, ...]:
        """Whose visit it is on a day."""
        return invited(self.activity, self.duty, on, self.around.members)


class DutyVisits:
    """Keeps calendars in step with duties."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._events = CohortEvents(stores.events, stores.programmes)

    async def follow(
        self,
        around: Around,
        duties: Iterable[Duty],
        years: Mapping[str, SchoolYear],
        names: Mapping[str, str],
        work: UnitOfWork,
    ) -> None:
        """Invite to what comes near, and change what was invited to where its duty has changed."""
        of = {one.key: one for one in around.duties if one.hosted}
        hosted = [one for one in duties if one.activity in of and one.school_id in years]
        if not hosted:
            return
        record = await programme_record(self._stores.programmes, around.programme.programme_id)
        standing = await self._stores.events.of_duties([one.duty_id for one in hosted], around.today)
        for duty in hosted:
            one = _Hosted(around, of[duty.activity], duty, record, names.get(duty.school_id, ""))
            own = [each for each in standing.get(duty.duty_id, ()) if each.state == PUBLISHED]
            found = changes(
                duty, own, years[duty.school_id], today=around.today, until=one.until, pauses=around.programme.pauses
            )
            await self._change(one, found, work)
            await self._seat(one, own, work)
            await self._invite(one, found.new, work)

    async def stop(self, duties: Iterable[Duty], on: dt.date, work: UnitOfWork) -> None:
        """The programme stands still: what is to come is called off."""
        standing = await self._stores.events.of_duties([one.duty_id for one in duties], on)
        for visit in (one for each in standing.values() for one in each if one.state == PUBLISHED):
            await self._events.decide(visit, EventDecision(on=None, why=POSTPONED), work)

    async def _change(self, of: _Hosted, found: Changes, work: UnitOfWork) -> None:
        for moved in found.moved:
            await self._events.decide(moved.visit, EventDecision(on=moved.on, why=moved.why), work)
        for off in found.off:
            await self._events.decide(off.visit, EventDecision(on=None, why=off.why), work)
            if off.sentence:
                work.publish(no_day_left(off, await self._where(of, off, work.now)))

    async def _where(self, of: _Hosted, off: Off, now: dt.datetime) -> str:
        """Who of those who come is where on the days on which it could be, by their roles."""
        on = off.visit.event.on
        gap = next((one for one in of.duty.gaps if one.first <= on <= one.last), None)
        if gap is None:
            return ""
        days = days_between(gap.first, gap.last)
        known = await Whereabouts.on(self._stores, of.duty.people_on(on), days, now)
        roles = {one.person_id: one.role for one in off.visit.event.attendees}
        return in_roles(known.of(of.duty, days), of.around.programme, roles)

    async def _seat(self, of: _Hosted, own: Iterable[EventRecord], work: UnitOfWork) -> None:
        """Who belongs to a visit now is invited, and nobody else."""
        for one in own:
            now = await self._stores.events.event(one.event.event_id)
            if now.open and now.event.on > of.around.today:
                decision = invite_to_event(now, of.people(now.event.on), "")
                await self._keep(of, decision, work)

    async def _invite(self, of: _Hosted, days: Iterable[dt.date], work: UnitOfWork) -> None:
        duty, template = of.duty, of.around.programme.template
        for day in days:
            draft = drafted(of.activity, duty, day, of.people(day), template=template, school=of.school)
            await self._stores.engagements.take_days((), [draft])
            decision = decide_event(draft)
            await self._keep(of, decision, work)
            duty = duty.model_copy(update={"visits": draft.number})
            await self._stores.duties.put([duty])
            reminders.event_published(decision.record, of.record, work)

    async def _keep(self, of: _Hosted, decision: Decision[EventRecord] | None, work: UnitOfWork) -> None:
        if decision is None:
            return
        await self._stores.events.put(decision.records)
        for event in decision.events:
            work.publish(of.record.spoken(event))
