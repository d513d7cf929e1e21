"""The planner's data: schools, people, groups, rules and visits as frozen records. It decides nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Dates = frozenset[dt.date]


class Rule(StrEnum):
    """The hard rules, by the names that the checker and explanations use."""

    VISIT_WINDOW = "visit-window"
    WORKING_DAY = "working-day"
    TERM_DATES = "term-dates"
    SCHOOL_CLOSED = "school-closed"
    EXAM_WINDOW = "exam-window"
    PERSON_DATES = "person-dates"
    PERSON_DAY = "one-a-person-day"
    PAIR_COMPLETE = "pair-complete"
    FACILITATED = "one-facilitator-a-visit"
    FACILITATOR_DATES = "facilitator-dates"
    FACILITATOR_DAY = "one-visit-a-facilitator-day"
    FACILITATOR_REGION = "facilitator-region"
    FACILITATOR_CAPACITY = "facilitator-capacity"
    SPACING = "spacing"
    HOSTS_ONCE = "each-school-hosts-once"
    LAUNCH_FIRST = "launch-before-first-visit"
    CLOSING_LAST = "closing-after-last-visit"
    EVENT_WINDOW = "event-window"
    PAUSED = "programme-paused"
    FROZEN = "frozen-dates"


@dataclass(frozen=True, slots=True)
class HalfTerm:
    """One of the (usually six) stretches of a school year between holidays."""

    number: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class TermCalendar:
    """The days on which schools of an authority are open. `generated`: plausible, not the authority's own."""

    authority: str
    source: str
    generated: bool
    days: Dates
    half_terms: tuple[HalfTerm, ...]


@dataclass(frozen=True, slots=True)
class School:
    """What scheduling knows of a school: whose terms it follows and when it cannot host or send people."""

    id: str
    authority: str
    phase: str
    region: str = ""
    closed: Dates = frozenset()
    easting: int | None = None
    northing: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who must attend; `school` is where they work, and `role` what they are there, in words."""

    id: str
    school: str
    impossible: Dates = frozenset()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Facilitator:
    """Leads visit days; `regions` empty means everywhere; `capacity` is visit days in the programme."""

    id: str
    regions: tuple[str, ...] = ()
    capacity: int = 40
    impossible: Dates = frozenset()
    easting: int | None = None
    northing: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Schools that visit each other, each with the people who attend every visit; `excused` ones host no visit."""

    id: str
    schools: tuple[str, ...]
    pairs: Mapping[str, tuple[str, ...]]
    excused: frozenset[str] = frozenset()
    number: int = 0

    @property
    def hosts(self) -> tuple[str, ...]:
        """The schools that host a visit."""
        return tuple(school for school in self.schools if school not in self.excused)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who attends the group's visits."""
        return tuple(dict.fromkeys(person for school in self.schools for person in self.pairs[school]))


@dataclass(frozen=True, slots=True)
class EventRule:
    """A cohort event of the template: `place` in the order is `launch`, `between` or `closing`."""

    key: str
    first: dt.date
    last: dt.date
    order: str = "between"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the soft constraints, in points. Only their proportions matter."""

    same_half_term: int = 400
    other_weekday: int = 25
    uneven_day: int = 2
    travel_km: int = 1
    moved_visit: int = 1000
    moved_day: int = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """How a programme's dates are chosen. `spacing` and `notice` are in working days; nothing is on `paused` days."""

    first: dt.date
    last: dt.date
    spacing: int = 10
    notice: int = 10
    weekdays: tuple[int, ...] = (3, 4)
    events: tuple[EventRule, ...] = ()
    facilitated: bool = True
    paused: Dates = frozenset()
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit with its date. `pinned`: the coordinator chose the date, and the planner leaves it alone."""

    id: str
    group: str
    host: str
    on: dt.date
    facilitator: str | None
    attendees: tuple[str, ...]
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class CohortEvent:
    """A dated event for the whole cohort; `missing` are people whose dates do not allow it."""

    key: str
    on: dt.date
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a plan depends on. `exams` maps a phase to days on which its schools host nobody."""

    rules: Rules
    groups: tuple[Group, ...]
    schools: Mapping[str, School]
    people: Mapping[str, Person]
    facilitators: Mapping[str, Facilitator]
    calendars: Mapping[str, TermCalendar]
    bank_holidays: Dates = frozenset()
    exams: Mapping[str, Dates] = field(default_factory=dict)

    def calendar_of(self, school: str) -> TermCalendar:
        """The term dates a school follows."""
        return self.calendars[self.schools[school].authority]


@dataclass(frozen=True, slots=True)
class Blocker:
    """One restriction of a conflict that leaves a group without dates, and what relaxing it would give.

    `smallest`: no conflict has fewer restrictions. Otherwise the conflict is minimal: none of it can be left out.
    """

    rule: Rule
    schools: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    dates: tuple[dt.date, ...] = ()
    sentence: str = ""
    relaxing: str = ""
    smallest: bool = True


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A group without dates. `proven`: it has none even alone, or no plan leaves fewer groups without dates."""

    group: str
    proven: bool
    blocking: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A calendar for a cohort."""

    visits: tuple[Visit, ...]
    events: tuple[CohortEvent, ...]
    unplaced: tuple[Unplaced, ...] = ()
