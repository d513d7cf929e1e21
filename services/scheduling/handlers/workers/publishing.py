"""The draft becomes the calendar, once the independent checker has nothing against it; from here on people are told.

The check comes first, outside the transaction. The command's transaction publishes as much as fits, and the rest of a
large calendar follows in batches of as much, each in the transaction that tells it. Whoever has meanwhile given away
somebody's day elsewhere is not overruled: such a visit gets another date by the least change, or is left to the
coordinator.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from services.scheduling.domain.visits.drafts import violations_of
from services.scheduling.domain.visits.invitations import PEOPLE_AT_ONCE
from services.scheduling.domain.visits.problem import Sources, planned
from services.scheduling.domain.visits.records import CohortRecord, EventRecord, ProgrammeRecord, VisitRecord
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.loading.cohorts import cohort_of, engaged, load, programme_of
from services.scheduling.handlers.loading.nearby import of_groups
from services.scheduling.handlers.timers import reminders
from services.scheduling.planner.model import CohortEvent, Visit
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import PublishVisits
from shared.errors import Rejected, Retryable
from shared.events.scheduling import CalendarPublished, CohortEventScheduled, VisitScheduled

__all__ = ["Publishing"]

VISITS_AT_ONCE = 200
"""Visits that are told in one transaction."""


@dataclass(slots=True)
class Checking:
    """A calendar as the independent checker reads it, which is a tenth of what is stored of it."""

    sources: Sources
    dates: tuple[CohortEvent, ...]
    visits: list[Visit] = field(default_factory=list)
    seen: set[tuple[str, str, str, int]] = field(default_factory=set)
    overruled: set[tuple[str, str]] = field(default_factory=set)
    excused: set[tuple[str, str]] = field(default_factory=set)
    late: int = 0

    def add(self, record: VisitRecord) -> None:
        """Enter a visit, on the day that the draft proposes for it."""
        visit = record.visit
        self.seen.add((visit.visit_id, visit.on.isoformat(), record.state, record.version))
        if record.state == "cancelled":
            self.excused.add((visit.group_id, visit.host_school_id))
            return
        after = record.as_proposed
        self.late += record.state == "draft" and visit.on <= self.sources.today
        self.visits.append(planned(after))
        self.overruled.update((visit.visit_id, rule) for rule in after.although)

    def check(self) -> None:
        """The independent checker has the last word. Raises Rejected by the first rule that is broken."""
        if self.late:
            raise Rejected(
                "date-passed", f"{self.late} visits of this draft lie in the past; draft the calendar again."
            )
        sources = replace(self.sources, excused=frozenset(self.excused))
        unplaced = sources.cohort.unplaced
        found = violations_of(sources, tuple(self.visits), self.dates, unplaced, self.overruled)
        if found:
            more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
            raise Rejected(found[0].rule.value, f"The calendar cannot be published: {found[0].sentence}{more}.")


class Publishing:
    """Publishes calendars."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes

    async def publish(self, command: PublishVisits) -> Callable[[UnitOfWork], Awaitable[Done]]:
        """Check the latest draft, then publish it."""
        cohort = await cohort_of(self._stores, command.cohort_id)
        _may_publish(cohort, command)
        checking, proposed = await self._loaded(cohort)
        programme, seen = checking.sources.programme, checking.seen
        await asyncio.to_thread(checking.check)
        del checking

        async def save(work: UnitOfWork) -> Done:
            now = await cohort_of(self._stores, command.cohort_id)
            _may_publish(now, command)
            if now.version != cohort.version or await self._stores.visits.dates_of(cohort.cohort_id) != seen:
                raise Retryable("The calendar was changed while it was checked; publish it again.")
            moved = await self._propose(now, proposed, work) if proposed else []
            return await self.begin(now, programme, moved, work)

        return save

    async def _loaded(self, cohort: CohortRecord) -> tuple[Checking, frozenset[str]]:
        """What the check reads of the calendar, and the groups to visits of which the draft proposes another date."""
        now, proposed = self._stores.now(), set[str]()
        sources, dates = await load(self._stores, cohort, now), await self._stores.visits.event_dates(cohort.cohort_id)
        checking = Checking(sources, dates)
        async for record in self._stores.visits.each_of(cohort.cohort_id):
            checking.add(record)
            if record.proposal is not None and record.proposal.why:
                proposed.add(record.visit.group_id)
        return checking, frozenset(proposed)

    async def _propose(self, cohort: CohortRecord, groups: frozenset[str], work: UnitOfWork) -> list[VisitRecord]:
        near = await of_groups(self._stores, cohort, groups, work.now)
        visits = sorted(near.visits, key=lambda record: record.visit.visit_id)
        return await self._changes.carry_out_proposals(near.board(), visits, near.sources.programme, work)

    async def begin(
        self, cohort: CohortRecord, programme: ProgrammeRecord, moved: Sequence[VisitRecord], work: UnitOfWork
    ) -> Done:
        """Make a checked draft the calendar and tell the first of it."""
        visits, events = await self._stores.visits.drafts(cohort.cohort_id)
        more = await self._tell(cohort, programme, work)
        update = {"state": "published", "publishing": more, "version": cohort.version + 1}
        after = cohort.model_copy(update=update)
        await self._stores.facts.put_cohort(after)
        work.publish(
            CalendarPublished(
                version=after.version,
                cohort_id=after.cohort_id,
                programme_id=after.programme_id,
                revision=after.revision,
                visits=visits,
                events=events,
            )
        )
        sentence = f"{visits} visits and {events} events published, {len(moved)} visits changed."
        return Done(id=after.cohort_id, version=after.version, sentence=sentence)

    async def tell(self, work: UnitOfWork) -> bool:
        """Publish and tell the next dates of a calendar that was published; whether there were any."""
        cohort = await self._stores.facts.publishing()
        if cohort is None:
            return False
        more = await self._tell(cohort, await programme_of(self._stores, cohort.programme_id), work)
        if not more:
            await self._stores.facts.put_cohort(cohort.model_copy(update={"publishing": False}))
        return True

    async def _tell(self, cohort: CohortRecord, programme: ProgrammeRecord, work: UnitOfWork) -> bool:
        """Tell the next events and visits; whether more are left."""
        left = PEOPLE_AT_ONCE
        while left > 0 and (event := await self._stores.visits.next_draft_event(cohort.cohort_id)):
            await self._tell_event(event, programme, work)
            left -= max(1, len(event.event.attendees))
        if left <= 0:
            return True
        visits = await self._stores.visits.next_drafts(cohort.cohort_id, VISITS_AT_ONCE)
        await self._stores.visits.take_days(visits)
        if await self._given_away(visits, work):
            return True
        await self._tell_visits(visits, programme, work)
        return len(visits) == VISITS_AT_ONCE

    async def _tell_event(self, record: EventRecord, programme: ProgrammeRecord, work: UnitOfWork) -> None:
        after = record.model_copy(update={"state": "published", "version": record.version + 1})
        await self._stores.visits.take_days((), [after])
        await self._stores.visits.put([], [after])
        work.publish(CohortEventScheduled(version=after.version, **after.event.model_dump()))
        reminders.event_published(after, programme, work)

    async def _given_away(self, visits: Sequence[VisitRecord], work: UnitOfWork) -> bool:
        """Whether a day of these was given away elsewhere since it was checked; one such visit is dated anew."""
        people = {one for record in visits for one in record.invited}
        taken = await engaged(self._stores, people, visits[0].visit.cohort_id, work.now) if visits else {}
        booked = await self._stores.visits.booked(visits)
        for record in visits:
            away = any(record.visit.on in taken.get(one, ()) for one in record.required) and not record.although
            if not away and record.visit.visit_id not in booked:
                continue
            if not (away and await self._changes.repair(record, "conflict", None, work)):
                if not away:
                    self._changes.ask(record, "no-other-date", None, work)
                await self._stores.visits.put([record.model_copy(update={"waits": True})])
            return True
        return False

    async def _tell_visits(self, visits: Sequence[VisitRecord], programme: ProgrammeRecord, work: UnitOfWork) -> None:
        published = [each.model_copy(update={"state": "published", "version": each.version + 1}) for each in visits]
        await self._stores.visits.put(published)
        for each in published:
            work.publish(VisitScheduled(version=each.version, **each.visit.model_dump()))
            reminders.visit_published(each, programme, work)


def _may_publish(cohort: CohortRecord, command: PublishVisits) -> None:
    if cohort.state == "published":
        raise Rejected("already-published", "This calendar is published; draft it again to change it.")
    if cohort.state != "draft":
        raise Rejected("no-draft", "There is no draft calendar to publish.")
    if cohort.drafting:
        raise Rejected(
            "draft-under-way",
            "Another draft is just being saved; look at it before you publish. Should none come, draft it again.",
        )
    if command.revision != cohort.revision:
        raise Rejected(
            "latest-draft", f"Revision {command.revision} is out of date; the latest draft is {cohort.revision}."
        )
    if cohort.unplaced and not command.leave_out_unplaced:
        count = len(cohort.unplaced)
        raise Rejected(
            "groups-without-dates", f"{count} groups have no dates; publish without them only if you mean to."
        )
