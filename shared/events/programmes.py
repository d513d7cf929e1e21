"""What `programmes` publishes: the register, programmes, enrolments and the people who take part (by id)."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import DateSpan, Event, Fact
from shared.events.people import Role
from shared.events.template import ProgrammeTemplate

Phase = Literal[
    "not-applicable", "nursery", "primary", "middle-deemed-primary",
    "secondary", "middle-deemed-secondary", "16-plus", "all-through",
]  # fmt: skip


class TopicWeight(Fact):
    """A strength or need: a topic of the template's list and how much it matters, 1 to 5."""

    topic: str
    weight: int = Field(ge=1, le=5)


class SchoolFacts(Fact):
    """Published facts about a school, from the register."""

    school_id: str
    urn: int
    name: str
    phase: Phase
    kind: str = Field("", description="type of establishment, in words")
    authority_code: str
    authority: str
    region: str = ""
    trust_id: str | None = None
    trust: str | None = None
    federation: str | None = Field(None, description="schools under one governing body, by the federation's name")
    town: str = ""
    postcode: str = ""
    easting: int | None = Field(None, description="metres, OSGB36")
    northing: int | None = None
    pupils: int | None = None
    fsm_percent: float | None = None


class EnrolledPerson(Fact):
    """A person's part in an enrolment."""

    person_id: str
    role: Role
    dates_not_possible: tuple[DateSpan, ...] = ()


class SchoolFactsChanged(Event):
    """The register says something else about a school that is enrolled, or that it is open again.

    `EnrolmentAmended` is published for each of its enrolments, too.
    """

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "school_id"
    school_id: str
    school: SchoolFacts
    changed: tuple[str, ...] = Field((), description="the fields of `school` that differ from before")


class SchoolClosed(Event):
    """A school that is enrolled has closed, by the register."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "school_id"
    school_id: str
    urn: int
    closed_on: dt.date | None = None
    successors: tuple[int, ...] = Field((), description="URNs that took over from it")


class RegisterImported(Event):
    """A register file has gone in."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "import_id"
    import_id: str
    kind: Literal["schools", "closed-schools", "links"]
    added: int
    changed: int
    unchanged: int
    rejected: int


class ProgrammeOpened(Event):
    """A programme has started, from a template; `year` is the calendar year of its September."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "programme_id"
    programme_id: str
    name: str
    year: int
    coordinator_id: str
    template: ProgrammeTemplate


class Enrolment(Fact):
    """A school's part in a programme."""

    programme_id: str
    enrolment_id: str
    school: SchoolFacts
    people: tuple[EnrolledPerson, ...]
    strengths: tuple[TopicWeight, ...]
    needs: tuple[TopicWeight, ...]
    dates_not_possible: tuple[DateSpan, ...] = ()
    farthest_travel_km: float
    not_with: tuple[str, ...] = Field((), description="school ids")


class SchoolEnrolled(Event, Enrolment):
    """A school has joined a programme."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "enrolment_id"


class EnrolmentAmended(Event, Enrolment):
    """An enrolment says something else now; the whole enrolment as it stands."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "enrolment_id"


class SchoolWithdrawn(Event):
    """A school has left a programme."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "enrolment_id"
    programme_id: str
    enrolment_id: str
    school_id: str


class EnrolmentClosed(Event):
    """Nobody joins any more; `enrolments` schools are in."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "programme_id"
    programme_id: str
    enrolments: int
    enrolment_ids: tuple[str, ...] = ()


class EnrolmentReopened(Event):
    """Schools may join again, up to and including a day; `EnrolmentClosed` follows."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "programme_id"
    programme_id: str
    until: dt.date


class FacilitatorAppointed(Event):
    """A facilitator leads visit days in this programme. Published again when something about them changes."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "appointment_id"
    appointment_id: str
    programme_id: str
    person_id: str
    regions: tuple[str, ...] = Field((), description="regions they travel in; none = everywhere")
    capacity: int = Field(40, ge=1, description="most visit days in the year")
    dates_not_possible: tuple[DateSpan, ...] = ()
    easting: int | None = None
    northing: int | None = None


class PersonReplaced(Event):
    """Somebody else has taken over a role of an enrolment."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "enrolment_id"
    programme_id: str
    enrolment_id: str
    school_id: str
    role: Role
    person_id: str
    replaced_by: str
    dates_not_possible: tuple[DateSpan, ...] = Field((), description="impossible dates of the new person")


class PersonErased(Event):
    """A person's details are gone here; every other service drops what it kept of them."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "person_id"
    person_id: str
    erased_on: dt.date
