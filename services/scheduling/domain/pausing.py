"""Cohort events on days on which the programme pauses: each gets another day in its time, by the rules of the first.

A day with the fewest visits is taken, then one that suits most people, then the nearest; visits on it make room like
those on the paused days. What is too near, or has no day left, is for the coordinator.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.scheduling.domain import explain
from services.scheduling.domain.board import Board
from services.scheduling.domain.disrupting import POSTPONED, Disruption
from services.scheduling.domain.events import available
from services.scheduling.domain.model import EventRule, Visit
from services.scheduling.domain.records import EventRecord
from services.scheduling.domain.replan import frozen_until


@dataclass(frozen=True, slots=True)
class EventMoved:
    """An event before and after, and the sentence that says why."""

    before: EventRecord
    after: EventRecord
    sentence: str


@dataclass(frozen=True, slots=True)
class EventLeft:
    """An event that keeps its paused day until a person decides."""

    record: EventRecord
    sentence: str


@dataclass(frozen=True, slots=True)
class EventDates:
    """What a pause does to a cohort's events; `records` are all of them as they are then."""

    records: tuple[EventRecord, ...]
    moved: tuple[EventMoved, ...] = ()
    left: tuple[EventLeft, ...] = ()

    @property
    def displacing(self) -> frozenset[dt.date]:
        """The new days, on which no visit can stay."""
        return frozenset(each.after.event.on for each in self.moved)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What happens to each event concerned."""
        return tuple(f"{each.before.event.title}: {each.sentence}" for each in self.moved) + tuple(
            each.sentence for each in self.left
        )


def redate(board: Board, events: Sequence[EventRecord], today: dt.date, what: Disruption) -> EventDates:
    """Other days for the events on `what.days`, earliest first; nothing unless the whole cohort pauses."""
    if what.reason != POSTPONED:
        return EventDates(tuple(events))
    known, moved, left = {each.event.event_id: each for each in events}, list[EventMoved](), list[EventLeft]()
    frozen = frozen_until(today, board.problem.rules.notice, board.problem.bank_holidays)
    days: dict[str, dt.date | None] = {}
    for record in sorted(events, key=lambda each: each.event.on):
        on, activity = record.event.on, record.event.activity
        if record.state not in {"draft", "published"} or on not in what.days or on <= today:
            continue
        if activity not in days:  # the parts of an event are on one day
            days[activity] = _another(board, list(known.values()), record, frozen) if on > frozen else None
        day = days[activity]
        if day is None:
            left.append(EventLeft(record, _left(record, near=on <= frozen)))
            continue
        sentence = f"Moves from {explain.in_words(on)} to {explain.in_words(day)}, because the programme pauses."
        after = on_day(record, day)
        known[record.event.event_id] = after.model_copy(update={"why": (sentence,)})
        moved.append(EventMoved(record, known[record.event.event_id], sentence))
    return EventDates(tuple(known.values()), tuple(moved), tuple(left))


def on_day(record: EventRecord, on: dt.date) -> EventRecord:
    """The event with a date; a published one gets the next SEQUENCE and version."""
    published = record.state == "published"
    event = record.event.model_copy(update={"on": on, "sequence": record.event.sequence + published})
    return record.model_copy(update={"event": event, "version": record.version + published})


def _left(record: EventRecord, *, near: bool) -> str:
    day = explain.in_words(record.event.on)
    reason = "is too near to be moved without you" if near else "has no other day in its time"
    return f"The programme pauses on {day}, and '{record.event.title}' {reason}."


def _another(board: Board, events: Sequence[EventRecord], record: EventRecord, frozen: dt.date) -> dt.date | None:
    rule = next((each for each in board.problem.rules.events if each.key == record.event.activity), None)
    if rule is None:
        return None
    visits = [visit for visits in board.visits.values() for visit in visits]
    paused = board.problem.rules.paused
    staying = [each.on for each in visits if each.on not in paused or each.pinned or each.on <= frozen]
    first, last = _between(board, events, record, rule, staying)
    counts, on = Counter(each.on for each in visits), record.event.on
    suits = dict(zip(board.diaries.horizon.days, available(board.diaries).tolist(), strict=True))
    barred = paused | _pinned(visits) | {each.event.on for each in events if each.state != "cancelled"}
    days = (day for day in suits if max(first, frozen) < day < last and rule.first <= day <= rule.last)
    fitting = (day for day in days if day not in barred)
    return min(fitting, key=lambda day: (counts[day], -suits[day], abs(day - on), day), default=None)


def _between(
    board: Board, events: Sequence[EventRecord], record: EventRecord, rule: EventRule, visits: Sequence[dt.date]
) -> tuple[dt.date, dt.date]:
    """The days between which an event must lie for the launch to come first and the closing last."""
    orders = {each.key: each.order for each in board.problem.rules.events}
    others = [each for each in events if each.state != "cancelled" and each.event.activity != record.event.activity]
    of = {each.event.on: orders.get(each.event.activity, "between") for each in others}
    first = max((day for day, order in of.items() if order == "launch"), default=dt.date.min)
    last = min((day for day, order in of.items() if order == "closing"), default=dt.date.max)
    if rule.order == "launch":
        last = min([last, *of, *visits])
    elif rule.order == "closing":
        first = max([first, *of, *visits])
    return first, last


def _pinned(visits: Sequence[Visit]) -> frozenset[dt.date]:
    """Days of visits whose dates the coordinator chose: they would not make room."""
    return frozenset(each.on for each in visits if each.pinned)
