"""Works out on which day a moment of a template falls, for one thing of one programme."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from services.tasks.domain.calendar import Calendar, term_begins
from services.tasks.domain.happening import GROUPS
from services.tasks.domain.records import Entry, Line, Programme, TaskRecord, Thing
from shared.template import Template
from shared.template.moments import Instant, parse_moment
from shared.template.naming import names_day
from shared.template.pauses import through

parsed = lru_cache(maxsize=4096)(parse_moment)
"""The same few hundred moments are read for every thing of a programme."""
_TASK_DAYS = {"asked": "opened", "done": "done_on", "missed": "due"}
"""State of a task -> the field with the day on which it came to it."""


@dataclass(frozen=True, kw_only=True)
class Programming:
    """What all things of a programme share. `moments`: (anchor, state) -> the day on which it came."""

    programme: Programme
    moments: Mapping[tuple[str, str], dt.date]
    calendar: Calendar
    today: dt.date

    @property
    def template(self) -> Template:
        """The programme's template."""
        return self.programme.template


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a moment may refer to besides the programme: a thing, an entry about it, a line of that, the task's days."""

    thing: Thing | None = None
    entries: tuple[Entry, ...] = ()
    line: Line | None = None
    tasks: tuple[TaskRecord, ...] = ()
    each: str = ""
    opened: dt.date | None = None
    due: dt.date | None = None
    asking: frozenset[str] = field(default_factory=frozenset)


def day_of(text: str, shared: Programming, around: Around) -> dt.date | None:
    """The day of a moment; None while nobody can tell."""
    instant = parsed(text)
    day = _base(instant, shared, around)
    if day is None or instant.offset is None:
        return day
    return through(shared.calendar.shifted(day, instant.offset), shared.programme.pauses, since=day)


def _base(instant: Instant, shared: Programming, around: Around) -> dt.date | None:
    """The day without the offset; a day that is written down lies later by the programme's pauses."""
    year = shared.programme.year
    written = instant.date_in(year) if instant.day else term_begins(year, instant.term) if instant.term else None
    return through(written, shared.programme.pauses) if written else _anchored(instant, shared, around)


def anchor_of(text: str) -> str:
    """The anchor of a moment; empty for a day or term."""
    return parsed(text).anchor


def anchor_and_state(text: str) -> tuple[str, str]:
    """The two words of a moment; empty where there are none."""
    instant = parsed(text)
    return instant.anchor, instant.state


def _anchored(instant: Instant, shared: Programming, around: Around) -> dt.date | None:
    anchor, state = instant.anchor, instant.state
    match anchor, state:
        case "opened", "":
            return around.opened
        case "due", "":
            return around.due
        case around.each, "due" if anchor and around.line:
            return around.line.due
    ways = (_of_thing, _of_entries, _of_tasks, _of_clock)
    return next((day for way in ways if (day := way(anchor, state, shared, around))), None)


def _of_thing(anchor: str, state: str, shared: Programming, around: Around) -> dt.date | None:
    """A dated thing by its activity, a thing by what happened to it; a round stands under its kind."""
    thing = around.thing
    if thing is None:
        return None
    if not state and (thing.key == anchor or thing.first_day(anchor)):
        return thing.first_day(anchor) or thing.day
    return thing.came(event_anchor(anchor, shared.template), state or "published")


def _of_entries(anchor: str, state: str, shared: Programming, around: Around) -> dt.date | None:
    """What last happened to an entry of that form, or the day that it names."""
    if names_day(shared.template, anchor, state):
        return max(filter(None, (one.day(state) for one in around.entries if one.form == anchor)), default=None)
    days = [
        entry.steps[state or "submitted"].on
        for entry in around.entries
        if entry.form == anchor and not entry.withdrawn and (state or "submitted") in entry.steps
    ]
    return max(days, default=None)


def _of_tasks(anchor: str, state: str, shared: Programming, around: Around) -> dt.date | None:
    """What last happened to a task about the same thing."""
    if state not in _TASK_DAYS:
        return None
    return max(_task_days(anchor, state, around.tasks), default=None)


def _task_days(key: str, state: str, tasks: Iterable[TaskRecord]) -> Iterable[dt.date]:
    for task in tasks:
        came = task.owed or task.state == "done" if state == "asked" else task.state == state
        day: dt.date | None = getattr(task, _TASK_DAYS[state])
        if task.task == key and came and day:
            yield day


def _of_clock(anchor: str, state: str, shared: Programming, around: Around) -> dt.date | None:
    """A moment of the clock: as it came, else as the template plans it; a round as it was published."""
    moment = next((one for one in shared.template.clock.moments if one.key == anchor), None)
    if moment is None:
        return shared.moments.get((event_anchor(anchor, shared.template), state or "published"))
    state = state or ("" if moment.at else "opens")
    if came := shared.moments.get((anchor, state)):
        return came
    written = moment.at or (moment.closes if state == "closes" else moment.opens)
    if anchor in around.asking:
        return None
    return day_of(written, shared, replace(around, asking=around.asking | {anchor}))


def event_anchor(anchor: str, template: Template) -> str:
    """The anchor as events have it: rounds of groups stand under their kind, since the events do not say a key."""
    groups = any(one.key == anchor and one.kind == "groups" for one in template.matching)
    return GROUPS if groups else anchor
