"""What is kept of programmes in the language of templates, of their placements, and of the days agreed in them."""

import datetime as dt
from typing import Literal

from pydantic import Field

from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.record import Record
from shared.events.agreed_visits import Invited, Why
from shared.events.base import DateSpan
from shared.events.forms import Told
from shared.events.placements import PlacementFacts
from shared.template import Template
from shared.template.pauses import Pause

VisitState = Literal["published", "held", "cancelled"]


class EngineProgramme(Record):
    """A programme and the template that it was opened with."""

    programme_id: str
    year: int
    coordinator_id: str
    template: Template
    pauses: tuple[Pause, ...] = ()
    version: int

    def today(self, now: dt.datetime) -> dt.date:
        """The day that it is for the programme's people."""
        return local_date(now, self.template.timezone)


class HostSchool(Record):
    """A school that takes part, as far as its days go."""

    enrolment_id: str
    programme_id: str
    school_id: str
    name: str
    authority_code: str
    dates_not_possible: tuple[DateSpan, ...] = ()
    needs: dict[str, int] = Field(default_factory=dict, description="topic -> how much it is wanted")
    withdrawn: bool = False
    version: int


class Answers(Record):
    """The told answers of an entry."""

    entry_id: str
    form: str
    about_id: str
    answers: dict[str, Told] = Field(default_factory=dict)
    version: int


class Came(Record):
    """That a moment has come for a placement: to an anchor of the template, on a day."""

    anchor: str
    state: str
    on: dt.date


class Placement(PlacementFacts, Record):
    """Somebody placed to a thing in another school, and what has happened about it since."""

    ended: bool = False
    came: tuple[Came, ...] = ()
    version: int

    def with_came(self, anchor: str, state: str, on: dt.date) -> "Placement":
        """The same once that has come; what has come before keeps its day."""
        if any((one.anchor, one.state) == (anchor, state) for one in self.came):
            return self
        return self.model_copy(update={"came": (*self.came, Came(anchor=anchor, state=state, on=on))})


class Suits(Record):
    """A day that suits somebody, kept free for this until a moment."""

    person_id: str
    on: dt.date
    until: dt.datetime


class Declined(Record):
    """Somebody has said that no day suits."""

    person_id: str
    words: str
    at: dt.datetime


class VisitDay(Record):
    """A day that is agreed: its hours, doings and people, and what became of it. `words`: why it was cancelled."""

    visit_id: str
    number: int
    on: dt.date
    starts: dt.time
    ends: dt.time
    doings: tuple[str, ...] = ()
    attendees: tuple[Invited, ...]
    state: VisitState = "published"
    sequence: int = 0
    version: int = 1
    absent: tuple[str, ...] = ()
    words: str = ""

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody invited."""
        return tuple(one.person_id for one in self.attendees)


class Arrangement(Record):
    """The days of one activity for one placement. `opened`: since when they can be agreed; `closed`: why not any more.

    `fixed`: the coordinator has said how many days are needed, and why in `because`. `version` counts the events about
    the arrangement itself; each day counts its own.
    """

    arrangement_id: str
    programme_id: str
    activity: str
    kind: str
    match_id: str
    school_id: str
    host_school_id: str
    person_id: str
    role: str
    needed: int = 1
    fixed: bool = False
    because: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    opened: dt.date | None = None
    closed: Why | Literal[""] = ""
    told_settled: bool = False
    completed: bool = False
    suits: tuple[Suits, ...] = ()
    declined: tuple[Declined, ...] = ()
    visits: tuple[VisitDay, ...] = ()
    version: int = 0

    @property
    def standing(self) -> tuple[VisitDay, ...]:
        """The days that take place or have taken place."""
        return tuple(one for one in self.visits if one.state != "cancelled")

    @property
    def settled(self) -> bool:
        """Whether as many days are agreed as are needed."""
        return len(self.standing) >= self.needed

    @property
    def state(self) -> Literal["not-open", "waiting", "agreed", "closed"]:
        """How it stands."""
        if self.closed:
            return "closed"
        if self.settled:
            return "agreed"
        return "waiting" if self.opened else "not-open"

    def visit(self, visit_id: str) -> VisitDay | None:
        """One of its days."""
        return next((one for one in self.visits if one.visit_id == visit_id), None)

    def with_visit(self, day: VisitDay) -> "Arrangement":
        """The same with that day as it is now."""
        others = [one for one in self.visits if one.visit_id != day.visit_id]
        return self.model_copy(update={"visits": tuple(sorted((*others, day), key=lambda one: one.number))})

    def held_days(self, now: dt.datetime) -> tuple[tuple[str, dt.date, dt.datetime | None], ...]:
        """(person, day, until when): the days that others must leave alone; an agreed day has no end."""
        agreed = {(person, one.on) for one in self.standing for person in one.people}
        kept = () if self.closed else tuple(one for one in self.suits if one.until > now)
        waiting = {(one.person_id, one.on): one.until for one in kept if (one.person_id, one.on) not in agreed}
        return (*((*each, None) for each in sorted(agreed)), *((*key, until) for key, until in sorted(waiting.items())))
