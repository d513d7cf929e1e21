"""What the service keeps: programmes, what exists in them and happened to it, entries of forms, answers, and tasks."""

import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from shared.events.base import DateSpan
from shared.events.programmes_parts import ProgrammeState
from shared.template import Template
from shared.template.pauses import Pause
from shared.template.words import Condition

TaskState = Literal["planned", "open", "missed", "done", "excused"]
OWED: frozenset[TaskState] = frozenset({"open", "missed"})
"""States in which somebody owes the task."""
MORNING = dt.time(7)
"""When, by the programme's own clock, tasks are asked, reminded and missed."""


class Record(BaseModel):
    """A frozen record; fields it has not yet take their defaults."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Programme(Record):
    """A programme, its template, and how it stands."""

    programme_id: str
    name: str
    year: int
    coordinator_id: str
    template: Template
    version: int
    state: ProgrammeState = "recruiting"
    pauses: tuple[Pause, ...] = ()

    @property
    def still(self) -> str:
        """Why nobody owes anything in it now; empty where it recruits or runs."""
        return "" if self.state in {"recruiting", "running"} else self.state

    def local_day(self, now: dt.datetime) -> dt.date:
        """The day that it is for the programme's people."""
        return now.astimezone(ZoneInfo(self.template.timezone)).date()

    def morning(self, day: dt.date) -> dt.datetime:
        """When that day's tasks are seen to."""
        return dt.datetime.combine(day, MORNING, ZoneInfo(self.template.timezone))


class Mark(Record):
    """That something happened: `state` came for `anchor` on a day, as a source says in a version of its own.

    `on` is None where the source has taken it back, on the day `back`.
    """

    anchor: str
    state: str
    source: str
    version: int
    on: dt.date | None
    back: dt.date | None = None


class Moment(Record):
    """A moment of a programme's clock that has come."""

    programme_id: str
    anchor: str
    state: str = ""
    on: dt.date


class StandIn(Record):
    """Who comes in whose place."""

    whose: str
    by: str


class Thing(Record):
    """Something that tasks are about: a school in a programme, a group, a visit, an event, a match, a pair, a person.

    `kind` is one of `kinds.SUBJECTS`. `key` is the activity of a dated thing. `since`: who came to it later than the
    others, and when. `waiting`: activity -> whose turn it is to choose days of it. `enrolments`: enrolment -> whether
    it was withdrawn. `gone` says why nothing is owed about it any
    more; `closed`: a school that has closed, by the register; `inspected`: the days on which a school is inspected.
    """

    thing_id: str
    programme_id: str
    kind: str
    about_id: str
    key: str = ""
    day: dt.date | None = None
    sequence: int = 0
    cohort_id: str = ""
    group_id: str = ""
    school_id: str | None = None
    host_school_id: str | None = None
    guest_school_ids: tuple[str, ...] = ()
    group_school_ids: tuple[str, ...] = ()
    person_id: str | None = None
    facilitator_id: str | None = None
    attendee_ids: tuple[str, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    present_ids: tuple[str, ...] = ()
    partner_ids: tuple[str, ...] = ()
    since: dict[str, dt.date] = {}
    marks: tuple[Mark, ...] = ()
    versions: dict[str, int] = {}
    enrolments: dict[str, bool] = {}
    waiting: dict[str, tuple[str, ...]] = {}
    days: dict[str, dt.date | None] = {}
    gone: str = ""
    closed: bool = False
    inspected: tuple[DateSpan, ...] = ()

    def came(self, anchor: str, state: str) -> dt.date | None:
        """The last day on which that happened to it, or None."""
        days = [mark.on for mark in self.marks if (mark.anchor, mark.state) == (anchor, state) and mark.on]
        return max(days, default=None)

    def first_day(self, activity: str) -> dt.date | None:
        """The first of the days that are agreed of an activity."""
        return min((day for key, day in self.days.items() if day and key.startswith(f"{activity}|")), default=None)

    @property
    def schools(self) -> frozenset[str]:
        """Every school that it concerns."""
        named = (self.school_id, self.host_school_id, *self.guest_school_ids, *self.group_school_ids)
        return frozenset(school for school in named if school)


class Line(Record):
    """A line of an entry's action plan; nobody owes it while its owner is `awaited`."""

    line_id: str
    due: dt.date | None = None
    owner_id: str | None = None
    awaited: bool = False
    status: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing is to be done about it any more."""
        return self.status in {"done", "dropped"}


class Step(Record):
    """A state that an entry came to: in which version of the entry, on which day, by whom."""

    version: int
    on: dt.date
    by: str = ""


class Entry(Record):
    """An entry of a form, as its events say it stands. `steps`: state -> when it last came to it.

    `agreements`: each of several who agree, or say whether they want to be introduced -> the version in which they did.
    `introduced_ids`: who is introduced to one another.
    """

    entry_id: str
    programme_id: str
    form: str
    about: str
    about_id: str
    thing_id: str = ""
    school_id: str | None = None
    author_ids: tuple[str, ...] = ()
    answers: dict[str, str | int | float | bool | tuple[str, ...]] = {}
    lines: tuple[Line, ...] = ()
    steps: dict[str, Step] = {}
    agreements: dict[str, int] = {}
    introduced_ids: tuple[str, ...] = ()
    version: int = 0

    def agreed_in(self, person_id: str) -> int:
        """The version in which one of several last agreed to it; 0: never."""
        return self.agreements.get(person_id, 0)

    def step(self, state: str) -> int:
        """The version in which it last came to that state; 0: never."""
        return self.steps[state].version if state in self.steps else 0

    @property
    def withdrawn(self) -> bool:
        """Whether it no longer stands."""
        return self.step("withdrawn") > self.step("submitted")

    def day(self, field: str) -> dt.date | None:
        """The day that it names, where it stands."""
        answer = self.answers.get(field)
        return dt.date.fromisoformat(answer) if isinstance(answer, str) and answer and not self.withdrawn else None

    def says(self, condition: Condition) -> bool:
        """Whether its told answer to the question of the condition is one of those that it names."""
        answer = self.answers.get(condition.field.rpartition(".")[2])
        if isinstance(answer, bool):
            answer = "yes" if answer else "no"
        given = answer if isinstance(answer, tuple) else (str(answer),)
        return bool({*given}.intersection(condition.equals))


class Answer(Record):
    """That somebody answered an invitation (in its `sequence`) or days on offer."""

    target_id: str
    person_id: str
    sequence: int = 0
    on: dt.date
    version: int


class Happened(Record):
    """One line of a task's history."""

    what: str
    on: dt.date
    why: str = ""


class TaskRecord(Record):
    """A task: what is owed, by whom, about what, until when, and how it stands.

    `next_on` is the next morning on which something is to be done about it; `entry_id`, `line_id` and `turn` say
    which of several tasks about one thing it is.
    """

    task_id: str
    programme_id: str
    thing_id: str
    task: str
    do: str
    of: str
    person_ids: tuple[str, ...]
    about: str
    about_id: str
    school_id: str | None = None
    entry_id: str = ""
    line_id: str = ""
    turn: int = 1
    opened: dt.date
    due: dt.date
    reminders: tuple[dt.date, ...] = ()
    bundled: bool = False
    essential: bool = True
    state: TaskState
    next_on: dt.date | None = None
    reminded: int = 0
    seen_on: dt.date | None = None
    done_on: dt.date | None = None
    done_by: str = ""
    reason: str = ""
    note: str = ""
    history: tuple[Happened, ...] = ()
    version: int = 0

    @property
    def owed(self) -> bool:
        """Whether somebody owes it now."""
        return self.state in OWED
