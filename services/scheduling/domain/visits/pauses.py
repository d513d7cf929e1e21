"""Dates of cohort events when the programme pauses: each gets another day in its window.

The day with the fewest visits is taken, then the one that suits most people, then the nearest. Visits on it make room,
as do those on the paused days. An event that is too near, or has no day left, is left to the coordinator.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.scheduling.domain.visits.disruptions import POSTPONED, Disruption
from services.scheduling.domain.visits.records import EventRecord
from services.scheduling.planner.horizon import frozen_until
from services.scheduling.planner.model import Dates, EventRule, Rules
from services.scheduling.planner.wording import in_words


@dataclass(frozen=True, slots=True)
class Filled:
    """What of a calendar bears on its events' days.

    `days`: the working days of the programme; `visits`: how many are on a day; `pinned`: days of such as do not make
    room; `suits`: how many people could come on a day, which is asked where `EventDates.tied` says so.
    """

    rules: Rules
    bank_holidays: Dates
    days: Sequence[dt.date]
    visits: Mapping[dt.date, int]
    pinned: Dates
    suits: Mapping[dt.date, int] = field(default_factory=dict)


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
    """What a pause does to a cohort's events; `records` are all of them as they are then.

    `tied`: several days had equally few visits, and the one that suits most people was taken.
    """

    records: tuple[EventRecord, ...]
    moved: tuple[EventMoved, ...] = ()
    left: tuple[EventLeft, ...] = ()
    tied: bool = False

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


def concerned(events: Sequence[EventRecord], today: dt.date, what: Disruption) -> list[EventRecord]:
    """The events to come on `what.days`, by date; none unless the whole cohort pauses."""
    standing = (each for each in events if each.state in {"draft", "published"} and what.reason == POSTPONED)
    return sorted((each for each in standing if today < each.event.on in what.days), key=lambda each: each.event.on)


def redate(filled: Filled, events: Sequence[EventRecord], today: dt.date, what: Disruption) -> EventDates:
    """Other days for the events on `what.days`, earliest first."""
    known, moved, left = {each.event.event_id: each for each in events}, list[EventMoved](), list[EventLeft]()
    frozen = frozen_until(today, filled.rules.notice, filled.bank_holidays)
    days, tied = dict[str, dt.date | None](), False
    for record in concerned(events, today, what):
        on, activity = record.event.on, record.event.activity
        if activity not in days:  # the parts of an event are on one day
            quiet = _quietest(filled, list(known.values()), record, frozen) if on > frozen else []
            days[activity], tied = _best(filled, quiet, on), tied or len(quiet) > 1
        day = days[activity]
        if day is None:
            left.append(EventLeft(record, _left(record, near=on <= frozen)))
            continue
        sentence = f"Moves from {in_words(on)} to {in_words(day)}, because the programme pauses."
        after = on_day(record, day)
        known[record.event.event_id] = after.model_copy(update={"why": (sentence,)})
        moved.append(EventMoved(record, known[record.event.event_id], sentence))
    return EventDates(tuple(known.values()), tuple(moved), tuple(left), tied)


def on_day(record: EventRecord, on: dt.date) -> EventRecord:
    """The event with a date; a published one gets the next SEQUENCE and version."""
    published = record.state == "published"
    event = record.event.model_copy(update={"on": on, "sequence": record.event.sequence + published})
    return record.model_copy(update={"event": event, "version": record.version + published})


def _left(record: EventRecord, *, near: bool) -> str:
    day = in_words(record.event.on)
    reason = "is too near to be moved without you" if near else "has no other day in its time"
    return f"The programme pauses on {day}, and '{record.event.title}' {reason}."


def _best(filled: Filled, days: Sequence[dt.date], on: dt.date) -> dt.date | None:
    return min(days, key=lambda day: (-filled.suits.get(day, 0), abs(day - on), day), default=None)


def _quietest(filled: Filled, events: Sequence[EventRecord], record: EventRecord, frozen: dt.date) -> list[dt.date]:
    """The days with the fewest visits of those on which an event can be."""
    rule = next((each for each in filled.rules.events if each.key == record.event.activity), None)
    if rule is None:
        return []
    paused, pinned, visits = filled.rules.paused, filled.pinned, filled.visits
    staying = [day for day in visits if day not in paused or day in pinned or day <= frozen]
    first, last = _between(filled.rules, events, record, rule, staying)
    barred = paused | pinned | {each.event.on for each in events if each.state != "cancelled"}
    days = (day for day in filled.days if max(first, frozen) < day < last and rule.first <= day <= rule.last)
    fitting = {day: visits.get(day, 0) for day in days if day not in barred}
    fewest = min(fitting.values(), default=0)
    return [day for day, count in fitting.items() if count == fewest]


def _between(
    rules: Rules, events: Sequence[EventRecord], record: EventRecord, rule: EventRule, visits: Sequence[dt.date]
) -> tuple[dt.date, dt.date]:
    """The days between which an event must lie for the launch to come first and the closing last."""
    orders = {each.key: each.order for each in rules.events}
    others = [each for each in events if each.state != "cancelled" and each.event.activity != record.event.activity]
    of = {each.event.on: orders.get(each.event.activity, "between") for each in others}
    first = max((day for day, order in of.items() if order == "launch"), default=dt.date.min)
    last = min((day for day, order in of.items() if order == "closing"), default=dt.date.max)
    if rule.order == "launch":
        last = min([last, *of, *visits])
    elif rule.order == "closing":
        first = max([first, *of, *visits])
    return first, last
