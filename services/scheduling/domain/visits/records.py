"""Programmes, cohorts, visits, events and answers, as they are stored."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, model_validator

from services.scheduling.domain.record import Record
from services.scheduling.domain.visits.terms import Terms, terms_of
from services.scheduling.domain.visits.versions import in_first_version
from shared.commands.scheduling import VisitorNotes
from shared.events.base import DateSpan, Event
from shared.events.scheduling import Answer, Clash
from shared.events.scheduling_parts import Attendee, CohortEvent, Visit
from shared.events.template import ProgrammeTemplate
from shared.template.pauses import Pause

State = Literal["draft", "published", "held", "cancelled"]


class ProgrammeRecord(Record):
    """A programme, how its dates are found, and when it stood still."""

    programme_id: str
    year: int
    coordinator_id: str
    terms: Terms
    version: int = 0
    pauses: tuple[Pause, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _stored_with_its_template(cls, data: dict[str, Any]) -> dict[str, Any]:
        if "terms" in data:
            return data
        return {**data, "terms": terms_of(ProgrammeTemplate.model_validate(data["template"]), data["year"])}

    def spoken(self, event: Event) -> Event:
        """The event in the version in which it is published of this programme."""
        return in_first_version(event) if self.terms.first_version else event


class PersonRecord(Record):
    """A person's part in an enrolment."""

    person_id: str
    role: str
    dates_not_possible: tuple[DateSpan, ...] = ()


FOR_GOOD = dt.timedelta(days=3 * 366)
"""Longer than any programme that a school has enrolled in before it closed."""


class EnrolmentRecord(Record):
    """A school's part in a programme, as far as dates depend on it."""

    enrolment_id: str
    programme_id: str
    school_id: str
    name: str = Field("", description="the school's; empty where it was stored before it was kept")
    authority_code: str
    authority: str
    phase: str
    region: str = ""
    easting: int | None = None
    northing: int | None = None
    people: tuple[PersonRecord, ...]
    dates_not_possible: tuple[DateSpan, ...] = ()
    closed_on: dt.date | None = None
    withdrawn: bool = False
    version: int

    def days_off(self) -> tuple[DateSpan, ...]:
        """Days that the school has ruled out, and all that follow the day on which it closes for good."""
        if self.closed_on is None:
            return self.dates_not_possible
        return (*self.dates_not_possible, DateSpan(first=self.closed_on, last=self.closed_on + FOR_GOOD))

    def attendees(self, roles: Collection[str], required: Collection[str]) -> tuple[Attendee, ...]:
        """The school's people in these roles as attendees."""
        return tuple(
            Attendee(person_id=one.person_id, role=one.role, school_id=self.school_id, required=one.role in required)
            for one in self.people
            if one.role in roles
        )


class FacilitatorRecord(Record):
    """A facilitator of a programme."""

    appointment_id: str
    programme_id: str
    person_id: str
    regions: tuple[str, ...] = ()
    capacity: int = 40
    dates_not_possible: tuple[DateSpan, ...] = ()
    easting: int | None = None
    northing: int | None = None
    version: int = 1


class GroupRecord(Record):
    """A group of a cohort."""

    group_id: str
    cohort_id: str
    programme_id: str
    school_ids: tuple[str, ...]
    number: int = 0
    version: int = 1


class CohortRecord(Record):
    """A cohort and how its calendar stands; `version` counts the events published about it."""

    cohort_id: str
    programme_id: str
    groups: int
    state: Literal["planning", "draft", "published", "failed"] = "planning"
    revision: int = 0
    version: int = 0
    blocking: tuple[Clash, ...] = ()
    unplaced: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    soft: dict[str, float] = Field(default_factory=dict)
    drafting: str = Field("", description="the draft that is being saved batch by batch")
    publishing: bool = Field(False, description="published, and events of some of its dates are still to come")


class Brief(Record):
    """The host's brief of a visit."""

    practice: str
    challenge: str
    notes: VisitorNotes = VisitorNotes()
    written_by: str
    written_on: dt.date


class Proposal(Record):
    """Another date that the latest draft would give a published visit."""

    on: dt.date
    facilitator_id: str | None
    sentence: str
    why: str


class VisitRecord(Record):
    """A visit, what became of it, and why it has its date."""

    visit: Visit
    state: State = "draft"
    version: int = 0
    pinned: bool = False
    although: tuple[str, ...] = ()
    brief: Brief | None = None
    present: tuple[Attendee, ...] = ()
    why: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    proposal: Proposal | None = None
    answers: int = 0
    waits: bool = Field(False, description="left out when its calendar is published: the coordinator has to date it")
    paused: bool = Field(False, description="cancelled because the programme stood still: it is dated anew")
    doubled: tuple[str, ...] = Field(
        (), description="people, and the host, who come although another visit has their day already"
    )

    @property
    def booking(self) -> tuple[str, ...]:
        """Whose day it takes: its host's, and everybody's but of those whose day another visit has."""
        return tuple(one for one in (self.visit.host_school_id, *self.invited) if one not in self.doubled)

    @property
    def invited(self) -> tuple[str, ...]:
        """Everybody invited, the facilitator among them."""
        leader = (self.visit.facilitator_id,) if self.visit.facilitator_id else ()
        return tuple(dict.fromkeys((*(one.person_id for one in self.visit.attendees), *leader)))

    @property
    def required(self) -> frozenset[str]:
        """Those without whom the visit cannot take place on its date."""
        needed = {one.person_id for one in self.visit.attendees if one.required}
        return frozenset(needed | ({self.visit.facilitator_id} if self.visit.facilitator_id else set()))

    @property
    def as_proposed(self) -> "VisitRecord":
        """With the date and facilitator that a reviewed draft proposes, and no rule set aside; else unchanged."""
        if self.proposal is None or not self.proposal.why:
            return self
        update = {"on": self.proposal.on, "facilitator_id": self.proposal.facilitator_id}
        return self.model_copy(update={"visit": self.visit.model_copy(update=update), "although": ()})


@dataclass(frozen=True, slots=True)
class Led:
    """A day on which a facilitator leads a visit of a group: what others need to know of it."""

    facilitator_id: str
    group_id: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class VisitDate:
    """What decides whether a visit's day is closed."""

    visit_id: str
    group_id: str
    host_school_id: str
    on: dt.date
    state: State


class EventDecision(Record):
    """Another date for a published event, another place or title, or none; its event is still to be published.

    `tell`: whoever is invited gets the invitation anew, although neither differs.
    """

    on: dt.date | None
    why: str
    said: tuple[str, ...] = ()
    place: str | None = None
    title: str | None = None
    tell: bool = False
    chosen: bool = Field(False, description="the coordinator set this day: another draft keeps it")


class EventRecord(Record):
    """A cohort event and what became of it; one for very many people is in parts, each with people of its own."""

    event: CohortEvent
    state: State = "draft"
    version: int = 0
    why: tuple[str, ...] = ()
    answers: int = 0
    decided: EventDecision | None = None
    pinned: bool = Field(False, description="as of a visit: the coordinator chose the date of a draft")
    paused: bool = Field(False, description="as of a visit")
    course: str = Field("", description="the course that it is a day of: who came is said there, and nobody is assumed")
    duty: str = Field("", description="the duty with hours that it is a day of")
    number: int = Field(0, description="which day of the course or duty")
    papers_days: int = Field(0, description="how many days before it its papers are compiled; 0: it has none")

    @property
    def open(self) -> bool:
        """Whether another date, or none, can still be decided."""
        return self.state in {"draft", "published"} and self.takes_place_on is not None

    @property
    def takes_place_on(self) -> dt.date | None:
        """The day that is decided, whether or not it is published; None where it does not take place."""
        if self.state == "cancelled":
            return None
        return self.decided.on if self.decided else self.event.on

    @property
    def invited(self) -> tuple[str, ...]:
        """Everybody invited."""
        return tuple(one.person_id for one in self.event.attendees)


@dataclass(frozen=True, slots=True)
class EventPart:
    """A cohort event, or a part of one, without its people, and how many these are."""

    record: EventRecord
    people: int


class AnswerRecord(Record):
    """One answer of a person to an invitation; `version` counts this person's answers to it."""

    target_id: str
    person_id: str
    version: int
    answer: Answer
    via: Literal["page", "calendar", "coordinator"]
    sequence: int
    at: dt.datetime
