"""What the coordinator decides about a cohort event, all its parts together: another date, or none at all.

The decision is noted on every part in the transaction that makes it, and stands from then on. As many people as fit are
told in it, and the rest in batches, each in the transaction that changes their part: one that breaks off leaves its
parts decided and untold, and they are told next. A later decision takes the place of one that is yet to be told.
"""

import datetime as dt
from dataclasses import replace

from services.scheduling.domain.visits.invitations import PEOPLE_AT_ONCE
from services.scheduling.domain.visits.pauses import on_day
from services.scheduling.domain.visits.problem import Sources, problem_of, standing_rules
from services.scheduling.domain.visits.records import Decision, EventRecord, ProgrammeRecord
from services.scheduling.handlers.loading.cohorts import cohort_of, programme_of, rules_of
from services.scheduling.handlers.timers import reminders
from services.scheduling.planner.checker import check_events
from services.scheduling.planner.model import Rule
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import CancelCohortEvent, MoveCohortEvent
from shared.errors import Rejected
from shared.events.scheduling import CohortEventCancelled, CohortEventMoved, CoordinatorAsked

__all__ = ["CohortEvents", "asked"]

WHY = "coordinator"


class CohortEvents:
    """Commands of the coordinator about one event for the whole cohort."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def move(self, command: MoveCohortEvent, work: UnitOfWork) -> Done:
        """Set another date within the event's window, on which no visit is, in the order that the template has."""
        record = await self._stores.visits.event(command.event_id)
        rules = await rules_of(self._stores, await cohort_of(self._stores, record.event.cohort_id), work.now)
        _still_open(record)
        if command.on == record.takes_place_on:
            raise Rejected("same-date", f"The event is on {in_words(command.on)} already.")
        if command.on <= rules.today:
            raise Rejected("date-passed", "An event can only be moved to a day that is to come.")
        await self._must_hold(rules, record, command.on)
        await self.decide(record, Decision(on=command.on, why=WHY), work)
        version = on_day(record, command.on).version
        sentence = f"{record.event.title} is on {in_words(command.on)}."
        return Done(id=command.event_id, version=version, sentence=sentence)

    async def cancel(self, command: CancelCohortEvent, work: UnitOfWork) -> Done:
        """An event does not take place. Its day is open to visits, and no new draft dates it again."""
        record = await self._stores.visits.event(command.event_id)
        _still_open(record)
        await self.decide(record, Decision(on=None, why=WHY), work)
        version = on_day(record, record.event.on).version
        return Done(id=command.event_id, version=version, sentence=f"{record.event.title} is cancelled.")

    async def decide(self, record: EventRecord, decision: Decision, work: UnitOfWork) -> None:
        """Decide about all parts of an event, and tell as many people as fit: those of `record` first."""
        await self._stores.visits.decide(record.event.cohort_id, record.event.activity, decision)
        first = await self._stores.visits.event(record.event.event_id)
        if first.decided:
            await self._tell(first, work)
        await self._tell_next(PEOPLE_AT_ONCE - len(first.event.attendees), work)

    async def tell(self, work: UnitOfWork) -> bool:
        """Tell the next people of what was decided about their events; whether there were any."""
        return await self._tell_next(PEOPLE_AT_ONCE, work)

    async def _tell_next(self, left: int, work: UnitOfWork) -> bool:
        any_told = False
        while left > 0 and (part := await self._stores.visits.next_decided()):
            await self._tell(part, work)
            left -= max(1, len(part.event.attendees))
            any_told = True
        return any_told

    async def _tell(self, part: EventRecord, work: UnitOfWork) -> None:
        """Carry a decision out; a part that was held meanwhile, or keeps its date after all, stays as it is."""
        after = part.model_copy(update={"decided": None})
        if part.decided and part.state == "published" and part.decided.on != part.event.on:
            programme = await programme_of(self._stores, part.event.programme_id)
            after = _told(part, part.decided, programme, work)
        await self._stores.visits.put([], [after])

    async def _must_hold(self, rules: Sources, record: EventRecord, on: dt.date) -> None:
        """Raises Rejected by the first rule that the new date breaks and the old one did not."""
        cohort_id, activity = rules.cohort.cohort_id, record.event.activity
        if await self._stores.visits.visit_on(cohort_id, on):
            sentence = f"Somebody has more than one visit or event on {in_words(on)}: visits are on that day."
            raise Rejected(Rule.PERSON_DAY.value, sentence)
        dates = await self._stores.visits.event_dates(cohort_id)
        days = await self._stores.visits.first_and_last(cohort_id)
        problem = problem_of(rules, standing_rules(rules, [each.key for each in dates]))
        before = {(each.rule, each.sentence) for each in check_events(problem, dates, days)}
        after = dict.fromkeys(replace(each, on=on) if each.key == activity else each for each in dates)
        for each in check_events(problem, tuple(after), days):
            if (each.rule, each.sentence) not in before:
                raise Rejected(each.rule.value, f"{each.sentence[:1].upper()}{each.sentence[1:]}.")


def _still_open(record: EventRecord) -> None:
    if not record.open:
        raise Rejected("already-over", "This event has taken place or been cancelled.")


def _told(part: EventRecord, decision: Decision, programme: ProgrammeRecord, work: UnitOfWork) -> EventRecord:
    """Tell everybody invited of another date, or none, once, with everything due anew; return the part after it."""
    dated = on_day(part, decision.on or part.event.on)
    update = {"decided": None, "why": decision.said or part.why, "state": "published" if decision.on else "cancelled"}
    after = dated.model_copy(update=update)
    told = {"version": after.version, "why": decision.why, **after.event.model_dump()}
    if decision.on:
        work.publish(CohortEventMoved.model_validate({"moved_from": part.event.on, **told}))
        reminders.event_published(after, programme, work)
    else:
        work.publish(CohortEventCancelled.model_validate(told))
        reminders.event_over(after, programme, work)
    return after


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
