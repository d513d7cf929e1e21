"""What the coordinator decides about a cohort event, all its parts together: another date, or none at all."""

import datetime as dt
from dataclasses import replace

from services.scheduling.domain import explain
from services.scheduling.domain.assemble import Sources, problem_of, standing_rules
from services.scheduling.domain.checker import check_events
from services.scheduling.domain.model import Rule
from services.scheduling.domain.pausing import on_day
from services.scheduling.domain.records import EventRecord, ProgrammeRecord
from services.scheduling.domain.when import local_date
from services.scheduling.handlers import reminding
from services.scheduling.handlers.sources import cohort_of, programme_of
from services.scheduling.ports import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import CancelCohortEvent, MoveCohortEvent
from shared.errors import Rejected
from shared.events.scheduling import CohortEventCancelled, CohortEventMoved, CoordinatorAsked

__all__ = ["CohortEvents", "asked", "moved"]

WHY = "coordinator"


class CohortEvents:
    """Commands of the coordinator about one event for the whole cohort."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def move(self, command: MoveCohortEvent, work: UnitOfWork) -> Done:
        """Set another date within the event's window, on which no visit is, in the order that the template has."""
        record = await self._stores.visits.event(command.event_id)
        rules = await self._rules(record, work)
        _still_open(record)
        if command.on == record.event.on:
            raise Rejected("same-date", f"The event is on {explain.in_words(command.on)} already.")
        if command.on <= rules.today:
            raise Rejected("date-passed", "An event can only be moved to a day that is to come.")
        await self._must_hold(rules, record, command.on)
        for part in await self._open_parts(record):
            after = on_day(part, command.on)
            await self._stores.visits.put([], [after])
            moved(part, after, WHY, rules.programme, work)
        version = on_day(record, command.on).version
        sentence = f"{record.event.title} is on {explain.in_words(command.on)}."
        return Done(id=command.event_id, version=version, sentence=sentence)

    async def cancel(self, command: CancelCohortEvent, work: UnitOfWork) -> Done:
        """An event does not take place. Its day is open to visits, and no new draft dates it again."""
        record = await self._stores.visits.event(command.event_id)
        _still_open(record)
        programme = await programme_of(self._stores, record.event.programme_id)
        for part in await self._open_parts(record):
            after = on_day(part, part.event.on).model_copy(update={"state": "cancelled"})
            await self._stores.visits.put([], [after])
            if part.state == "published":
                told = {"version": after.version, "why": WHY, **after.event.model_dump()}
                work.publish(CohortEventCancelled.model_validate(told))
                reminding.event_over(after, programme, work)
        version = on_day(record, record.event.on).version
        return Done(id=command.event_id, version=version, sentence=f"{record.event.title} is cancelled.")

    async def _open_parts(self, record: EventRecord) -> list[EventRecord]:
        """All parts of the event that can still be changed: they are on one day."""
        return [part for part in await self._stores.visits.parts(record) if part.state in {"draft", "published"}]

    async def _rules(self, record: EventRecord, work: UnitOfWork) -> Sources:
        """What the dates of the cohort's events depend on: none of its people or schools."""
        cohort = await cohort_of(self._stores, record.event.cohort_id)
        programme = await programme_of(self._stores, cohort.programme_id)
        return Sources(
            programme=programme,
            cohort=cohort,
            groups=(),
            enrolments={},
            facilitators=(),
            calendars=await self._stores.calendars.in_force(()),
            today=local_date(work.now, programme.template.timezone),
            ruled_out=await self._stores.calendars.ruled_out([cohort.cohort_id]),
        )

    async def _must_hold(self, rules: Sources, record: EventRecord, on: dt.date) -> None:
        """Raises Rejected by the first rule that the new date breaks and the old one did not."""
        cohort_id, activity = rules.cohort.cohort_id, record.event.activity
        if await self._stores.visits.visit_on(cohort_id, on):
            sentence = f"Somebody has more than one visit or event on {explain.in_words(on)}: visits are on that day."
            raise Rejected(Rule.PERSON_DAY.value, sentence)
        dates = await self._stores.visits.event_dates(cohort_id)
        days = await self._stores.visits.first_and_last(cohort_id)
        problem = problem_of(rules, standing_rules(rules, [each.key for each in dates]))
        before = {(each.rule, each.sentence) for each in check_events(problem, dates, days)}
        after = [replace(each, on=on) if each.key == activity else each for each in dates]
        for each in check_events(problem, after, days):
            if (each.rule, each.sentence) not in before:
                raise Rejected(each.rule.value, f"{each.sentence[:1].upper()}{each.sentence[1:]}.")


def _still_open(record: EventRecord) -> None:
    if record.state not in {"draft", "published"}:
        raise Rejected("already-over", "This event has taken place or been cancelled.")


def moved(before: EventRecord, after: EventRecord, why: str, programme: ProgrammeRecord, work: UnitOfWork) -> None:
    """Tell everybody invited of another date, once, with everything due anew; nobody knows of a draft."""
    if before.state == "published":
        told = {"version": after.version, "moved_from": before.event.on, "why": why, **after.event.model_dump()}
        work.publish(CohortEventMoved.model_validate(told))
        reminding.event_published(after, programme, work)


def asked(record: EventRecord, sentence: str, work: UnitOfWork) -> None:
    """Leave it to the coordinator what becomes of an event on a paused day."""
    work.publish(
        CoordinatorAsked(
            version=max(1, record.version),
            target_id=record.event.event_id,
            target_kind="cohort-event",
            programme_id=record.event.programme_id,
            cohort_id=record.event.cohort_id,
            question="event-paused",
            sentence=sentence,
        )
    )
