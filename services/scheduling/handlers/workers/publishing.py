"""Publishes a draft once the independent checker accepts it; from then on people are informed.

The check runs first, outside the transaction. The command's transaction publishes as much as fits. The rest of a large
calendar follows in batches of the same size, each in a transaction of its own. If somebody's day has meanwhile been
given away elsewhere, that visit gets another date by the least change, or is left to the coordinator.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from services.scheduling.domain.visits.invitations import PEOPLE_AT_ONCE
from services.scheduling.domain.visits.publication import (
    Checking,
    decide_calendar,
    decide_event,
    decide_visits,
    given_away,
    left_waiting,
    may_publish,
)
from services.scheduling.domain.visits.records import CohortRecord, EventRecord, ProgrammeRecord, VisitRecord
from services.scheduling.domain.visits.repair import proposed_changes
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.loading.cohorts import cohort_of, engaged, load, programme_of
from services.scheduling.handlers.loading.nearby import of_groups
from services.scheduling.handlers.timers import reminders
from services.scheduling.planner.model import Rule
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import PublishVisits
from shared.errors import Retryable

__all__ = ["PublishingWorker"]

VISITS_AT_ONCE = 200
"""Visits that are published in one transaction."""


class PublishingWorker:
    """Publishes calendars."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes

    async def publish(self, command: PublishVisits) -> Callable[[UnitOfWork], Awaitable[Done]]:
        """Check the latest draft, then publish it."""
        cohort = await cohort_of(self._stores.cohorts, command.cohort_id)
        may_publish(cohort, command)
        checking, proposed = await self._loaded(cohort)
        programme, seen = checking.sources.programme, checking.seen
        await asyncio.to_thread(checking.check)
        del checking

        async def save(work: UnitOfWork) -> Done:
            now = await cohort_of(self._stores.cohorts, command.cohort_id)
            may_publish(now, command)
            if now.version != cohort.version or await self._stores.drafts.seen(cohort.cohort_id) != seen:
                raise Retryable("The calendar was changed while it was checked; publish it again.")
            moved = await self._propose(now, proposed, work) if proposed else []
            return await self.begin(now, programme, moved, work)

        return save

    async def _loaded(self, cohort: CohortRecord) -> tuple[Checking, frozenset[str]]:
        """What the check reads of the calendar, and the groups to visits of which the draft proposes another date."""
        now, proposed = self._stores.now(), set[str]()
        sources, dates = await load(self._stores, cohort, now), await self._stores.events.dates(cohort.cohort_id)
        checking = Checking(sources, dates)
        async for record in self._stores.drafts.each_visit(cohort.cohort_id):
            checking.add(record)
            if record.proposal is not None and record.proposal.why:
                proposed.add(record.visit.group_id)
        return checking, frozenset(proposed)

    async def _propose(self, cohort: CohortRecord, groups: frozenset[str], work: UnitOfWork) -> list[VisitRecord]:
        """Make the changes that the reviewed draft proposes."""
        near = await of_groups(self._stores, cohort, groups, work.now)
        visits = sorted(near.visits, key=lambda record: record.visit.visit_id)
        changes = proposed_changes(near.board(), visits)
        if changes:
            await self._changes.make(changes, "calendar-change", None, near.sources.programme, work)
        return [change.after for change in changes]

    async def begin(
        self, cohort: CohortRecord, programme: ProgrammeRecord, moved: Sequence[VisitRecord], work: UnitOfWork
    ) -> Done:
        """Make a checked draft the calendar and publish the first of it."""
        drafts = await self._stores.drafts.count(cohort.cohort_id)
        more = await self._publish_some(cohort, programme, work)
        decision = decide_calendar(cohort, drafts, moved, more=more)
        await self._stores.cohorts.put(decision.record)
        for event in decision.events:
            work.publish(event)
        return Done(id=cohort.cohort_id, version=decision.record.version, sentence=decision.sentence)

    async def publish_next(self, work: UnitOfWork) -> bool:
        """Publish the next dates of a calendar that is being published; whether there were any."""
        cohort = await self._stores.cohorts.publishing()
        if cohort is None:
            return False
        more = await self._publish_some(cohort, await programme_of(self._stores.programmes, cohort.programme_id), work)
        if not more:
            await self._stores.cohorts.put(cohort.model_copy(update={"publishing": False}))
        return True

    async def _publish_some(self, cohort: CohortRecord, programme: ProgrammeRecord, work: UnitOfWork) -> bool:
        """Publish the next events and visits; whether more are left."""
        left = PEOPLE_AT_ONCE
        while left > 0 and (event := await self._stores.drafts.next_event(cohort.cohort_id)):
            await self._publish_event(event, programme, work)
            left -= max(1, len(event.event.attendees))
        if left <= 0:
            return True
        visits = await self._stores.drafts.next_visits(cohort.cohort_id, VISITS_AT_ONCE)
        await self._stores.engagements.take_days(visits)
        if await self._given_away(visits, work):
            return True
        await self._publish_visits(visits, programme, work)
        return len(visits) == VISITS_AT_ONCE

    async def _publish_event(self, draft: EventRecord, programme: ProgrammeRecord, work: UnitOfWork) -> None:
        decision = decide_event(draft)
        await self._stores.engagements.take_days((), decision.records)
        await self._stores.events.put(decision.records)
        for event in decision.events:
            work.publish(programme.spoken(event))
        reminders.event_published(decision.record, programme, work)

    async def _given_away(self, visits: Sequence[VisitRecord], work: UnitOfWork) -> bool:
        """Whether a day of these was given away elsewhere since it was checked; one such visit is dated anew."""
        people = {one for record in visits for one in record.invited}
        taken = await engaged(self._stores, people, visits[0].visit.cohort_id, work.now) if visits else {}
        found = given_away(visits, taken, await self._stores.engagements.booked(visits))
        if found is None:
            return False
        if not (found.repairable and await self._changes.repair(found.record, "conflict", None, work)):
            decision = left_waiting(found)
            for event in decision.events:
                work.publish(event)
            await self._stores.visits.put(decision.records)
        return True

    async def _as_overruled(self, draft: VisitRecord, together: Sequence[VisitRecord]) -> VisitRecord:
        """Where somebody may be expected twice on a day, the visit books only whose day no other visit has or will."""
        if Rule.PERSON_DAY not in draft.although:
            return draft
        visit, people = draft.visit, set(draft.invited)
        doubled = await self._stores.engagements.taken(draft)
        for person in sorted(people):
            theirs = await self._stores.visits.of_person(visit.cohort_id, person, [visit.on])
            others = [one for one in theirs if one.visit.visit_id != visit.visit_id and one.state != "cancelled"]
            if any(Rule.PERSON_DAY not in one.although for one in others):
                doubled.add(person)
        before = [one for one in together[: together.index(draft)] if one.visit.on == visit.on and one.although]
        doubled |= {person for one in before for person in people.intersection(one.invited)}
        return draft.model_copy(update={"doubled": tuple(sorted(doubled))})

    async def _publish_visits(
        self, drafts: Sequence[VisitRecord], programme: ProgrammeRecord, work: UnitOfWork
    ) -> None:
        decision = decide_visits([await self._as_overruled(each, drafts) for each in drafts])
        await self._stores.visits.put(decision.records)
        for record, event in zip(decision.records, decision.events, strict=True):
            work.publish(programme.spoken(event))
            reminders.visit_published(record, programme, work)
