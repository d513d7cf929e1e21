"""What `programmes` publishes of programmes as data: the template, the clock's moments, who takes which part.

Version 2 of `ProgrammeOpened` carries the template in the language of `shared/template`. Version 1 is published
beside it while a service reads it, where the template can be said in it.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import DateSpan, Event, Fact
from shared.events.programmes import SchoolFacts, TopicWeight
from shared.template.pauses import Pause
from shared.template.template import Template

ProgrammeState = Literal["draft", "recruiting", "running", "postponed", "completed", "archived"]


class ProgrammeOpened(Event):
    """A programme has started, from a template; `year` is the calendar year of its first September.

    It is published again, in a later version, when a newer template is taken over. Whoever keeps it takes the newest.
    """

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "programme_id"
    v: ClassVar[int] = 2
    programme_id: str
    name: str
    year: int
    coordinator_id: str
    template: Template
    state: ProgrammeState = "recruiting"
    pauses: tuple[Pause, ...] = Field((), description="when it stood still, the earliest first; none: never")


class MomentReached(Event):
    """A moment of the programme's clock has come: a named day, or the first or last day of a window."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "moment_id"
    moment_id: str
    programme_id: str
    moment: str = Field(description="the key of the moment in the template's clock")
    state: Literal["", "opens", "closes"] = ""
    on: dt.date


class RoleTaken(Event):
    """Somebody has a role in a programme from a day on: at a school, at a party, or for the programme."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "membership_id"
    membership_id: str
    programme_id: str
    person_id: str
    role: str
    school_id: str | None = None
    party_id: str | None = Field(None, description="the trust or partnership at which the role is held")
    since: dt.date
    interim: bool = False
    replaces: str | None = Field(None, description="the person whose place it was")
    entry_id: str | None = Field(None, description="the entry of a form that named the person, where one did")


class RoleLeft(Event):
    """Somebody no longer has that role; what they did in it stays theirs."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "membership_id"
    membership_id: str
    programme_id: str
    person_id: str
    role: str
    school_id: str | None = None
    party_id: str | None = None
    until: dt.date
    successor_id: str | None = None


class RelationDeclared(Event):
    """Somebody stands in a relation of the template to somebody else: a line manager to a practitioner."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "relation_id"
    relation_id: str
    programme_id: str
    relation: str
    from_person: str
    to_person: str
    since: dt.date | None = Field(None, description="from when; none: as long as it is known")
    until: dt.date | None = Field(None, description="the first day on which it stands no longer; none: not known yet")


class RelationEnded(Event):
    """A relation no longer stands."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "relation_id"
    relation_id: str
    programme_id: str
    relation: str
    from_person: str
    to_person: str
    since: dt.date | None = None
    until: dt.date | None = Field(None, description="the first day on which it stands no longer; none: at once")


class OwnersNamed(Event):
    """Who they are whom an entry that counts names by address: owners of actions, people to be introduced."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "entry_id"
    entry_id: str
    programme_id: str
    number: int = Field(ge=1, description="counts the submitted versions of the entry, as `FormSubmitted` does")
    owners: dict[str, str] = Field(description="line -> person; empty where mail cannot reach the address")


class _Enrolment(Fact):
    """What a school states of itself. Its people take their roles by `RoleTaken`."""

    programme_id: str
    enrolment_id: str
    school: SchoolFacts
    strengths: tuple[TopicWeight, ...] = ()
    needs: tuple[TopicWeight, ...] = ()
    dates_not_possible: tuple[DateSpan, ...] = ()
    farthest_travel_km: float | None = Field(None, description="none: as far as it takes")
    not_with: tuple[str, ...] = Field((), description="school ids")


class SchoolEnrolled(_Enrolment, Event):
    """A school has joined a programme."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "enrolment_id"
    v: ClassVar[int] = 2


class EnrolmentAmended(_Enrolment, Event):
    """An enrolment says something else now; the whole enrolment as it stands."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "enrolment_id"
    v: ClassVar[int] = 2


class SchoolWithdrawn(Event):
    """A school has left a programme."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "enrolment_id"
    v: ClassVar[int] = 2
    programme_id: str
    enrolment_id: str
    school_id: str


class EnrolmentClosed(Event):
    """Nobody joins any more; `enrolments` schools are in."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "programme_id"
    v: ClassVar[int] = 2
    programme_id: str
    enrolments: int
    enrolment_ids: tuple[str, ...] = ()


class EnrolmentReopened(Event):
    """Schools may join again, up to and including a day; `EnrolmentClosed` follows."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "programme_id"
    v: ClassVar[int] = 2
    programme_id: str
    until: dt.date
