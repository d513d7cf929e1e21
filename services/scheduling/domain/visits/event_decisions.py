"""What the coordinator, or a pause, decides about a cohort event: another date, or none at all."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.scheduling.domain.decision import Decision
from services.scheduling.domain.visits.disruptions import POSTPONED
from services.scheduling.domain.visits.pauses import on_day
from services.scheduling.domain.visits.problem import Sources, problem_of, standing_rules
from services.scheduling.domain.visits.records import EventDecision, EventRecord
from services.scheduling.planner.checker import check_events
from services.scheduling.planner.model import CohortEvent, Rule
from services.scheduling.planner.wording import in_words
from shared.errors import Rejected
from shared.events.scheduling import CoordinatorAsked
from shared.events.scheduling_parts import CohortEventCancelled, CohortEventChanged, CohortEventMoved


@dataclass(frozen=True, slots=True)
class Around:
    """What else is in a cohort's calendar: whether visits are on the new day, its events, its first and last visit."""

    visits_that_day: bool
    dates: tuple[CohortEvent, ...]
    first_and_last: Sequence[dt.date]


def must_be_open(record: EventRecord) -> None:
    """Raises Rejected once an event has taken place or been cancelled."""
    if not record.open:
        raise Rejected("already-over", "This event has taken place or been cancelled.")


def must_be_by_itself(record: EventRecord) -> None:
    """Raises Rejected for a day of a course, which keeps its distance from the others, and for a day of a duty."""
    if record.duty:
        raise Rejected("of-a-duty", "This is a day of a duty: `kindred duties move` gives it another day.")
    if record.course:
        raise Rejected("of-a-course", "This is a day of a course: `kindred sessions move` and `cancel` change it.")


def must_be_new(record: EventRecord, on: dt.date, today: dt.date) -> None:
    """Raises Rejected for the day that an event has already, and for one that is not to come."""
    must_be_open(record)
    if on == record.takes_place_on:
        raise Rejected("same-date", f"The event is on {in_words(on)} already.")
    if on <= today:
        raise Rejected("date-passed", "An event can only be moved to a day that is to come.")


def must_hold(rules: Sources, record: EventRecord, on: dt.date, around: Around) -> None:
    """Raises Rejected by the first rule that the new date breaks and the old one did not."""
    if around.visits_that_day:
        sentence = f"Somebody has more than one visit or event on {in_words(on)}: visits are on that day."
        raise Rejected(Rule.PERSON_DAY.value, sentence)
    activity, dates, days = record.event.activity, around.dates, around.first_and_last
    problem = problem_of(rules, standing_rules(rules, [each.key for each in dates]))
    before = {(each.rule, each.sentence) for each in check_events(problem, dates, days)}
    after = dict.fromkeys(replace(each, on=on) if each.key == activity else each for each in dates)
    for each in check_events(problem, tuple(after), days):
        if (each.rule, each.sentence) not in before:
            raise Rejected(each.rule.value, f"{each.sentence[:1].upper()}{each.sentence[1:]}.")


def carry_out(part: EventRecord) -> Decision[EventRecord]:
    """Do with a part of an event what was decided, and publish it once.

    A part that was held meanwhile, or keeps its date after all, stays as it is, and nothing is published.
    """
    decided = part.decided
    if decided is None or part.state != "published" or _as_it_was(part, decided):
        return Decision((part.model_copy(update={"decided": None}),))
    return _carried_out(part, decided)


def _as_it_was(part: EventRecord, decided: EventDecision) -> bool:
    """Whether it keeps its date and its place after all, and nobody need hear of anything else."""
    alike = decided.place in {None, part.event.place} and decided.title in {None, part.event.title}
    return decided.on == part.event.on and alike and not decided.tell


def _carried_out(part: EventRecord, decided: EventDecision) -> Decision[EventRecord]:
    dated = on_day(part, decided.on or part.event.on)
    given = {"place": decided.place, "title": decided.title}
    if named := {name: value for name, value in given.items() if value is not None}:
        dated = dated.model_copy(update={"event": dated.event.model_copy(update=named)})
    update = {"decided": None, "why": decided.said or part.why, "state": "published" if decided.on else "cancelled"}
    paused = decided.on is None and decided.why == POSTPONED
    after = dated.model_copy(update={**update, "paused": paused})
    told = {"version": after.version, "why": decided.why, **after.event.model_dump()}
    if decided.on == part.event.on:
        return Decision((after,), (CohortEventChanged.model_validate(told),))
    if decided.on:
        return Decision((after,), (CohortEventMoved.model_validate({"moved_from": part.event.on, **told}),))
    return Decision((after,), (CohortEventCancelled.model_validate(told),))


def paused_question(record: EventRecord, sentence: str) -> CoordinatorAsked:
    """What becomes of an event on a paused day is left to the coordinator."""
    return CoordinatorAsked(
        version=max(1, record.version),
        target_id=record.event.event_id,
        target_kind="cohort-event",
        programme_id=record.event.programme_id,
        cohort_id=record.event.cohort_id,
        question="event-paused",
        sentence=sentence,
    )
