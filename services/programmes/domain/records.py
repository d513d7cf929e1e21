"""What this service keeps about programmes, enrolments and people."""

import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from services.programmes.domain.enrolment.terms import AnyTemplate, EnrolmentTerms, terms_of
from shared.commands.programmes import TopicClaim
from shared.events.base import DateSpan
from shared.events.people import ROLE_TITLES, ContactCard, RoleHeld
from shared.events.programmes_parts import ProgrammeState
from shared.template import Template
from shared.template.pauses import Pause

__all__ = [
    "ASKED",
    "Appointment",
    "EnrolmentRecord",
    "HeldRole",
    "Named",
    "Naming",
    "NotWith",
    "Person",
    "Programme",
    "RoleOf",
    "local_day",
]


def local_day(now: dt.datetime, timezone: str) -> dt.date:
    """The date at this moment where a programme runs."""
    return now.astimezone(ZoneInfo(timezone)).date()


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Programme(_Record):
    """One run of a template. `open_until`: the last day of an enrolment that was opened again.

    `state` is how enrolment stands. `stage` says where a programme stands that is neither recruiting nor running;
    `until` and `reason` are of a postponement. `chosen`: what the coordinator has said of a setting that the template's
    source leaves open.
    """

    programme_id: str
    name: str
    year: int
    template: AnyTemplate
    state: Literal["enrolling", "closed"] = "enrolling"
    open_until: dt.date | None = None
    coordinator_id: str
    version: int = 1
    stage: Literal["draft", "postponed", "completed", "archived"] | None = None
    pauses: tuple[Pause, ...] = ()
    until: dt.date | None = None
    reason: str = ""
    chosen: dict[str, str] = Field(default_factory=dict)

    @property
    def stands(self) -> ProgrammeState:
        """Its state as a whole."""
        return self.stage or ("running" if self.state == "closed" else "recruiting")

    @property
    def terms(self) -> EnrolmentTerms:
        """Who enrols with what."""
        return terms_of(self.template)

    def today(self, now: dt.datetime) -> dt.date:
        """The date at this moment where the programme runs."""
        return local_day(now, self.template.timezone)

    @property
    def in_parts(self) -> bool:
        """Whether the template is of the language, so that people are published by the roles they take."""
        return isinstance(self.template, Template)


class HeldRole(_Record):
    """A person's part in an enrolment; `interim`: until somebody else is found, or comes back."""

    person_id: str
    role: str
    dates_not_possible: tuple[DateSpan, ...] = ()
    interim: bool = False


class NotWith(_Record):
    """A school not to be matched with: the URN as it was named, and the school behind it."""

    urn: int
    school_id: str


class EnrolmentRecord(_Record):
    """A school's part in a programme, with the evidence that events leave out. `in_parts` as in `Programme`."""

    enrolment_id: str
    programme_id: str
    school_id: str
    urn: int
    state: Literal["enrolled", "withdrawn"] = "enrolled"
    withdrawal_reason: str = ""
    version: int = 1
    people: tuple[HeldRole, ...]
    strengths: tuple[TopicClaim, ...]
    needs: tuple[TopicClaim, ...]
    dates_not_possible: tuple[DateSpan, ...] = ()
    farthest_travel_km: float | None = None
    not_with: tuple[NotWith, ...] = ()
    in_parts: bool = False

    @property
    def inside(self) -> frozenset[str]:
        """Who takes part for the school now: nobody once it has left."""
        return frozenset(held.person_id for held in self.people) if self.state == "enrolled" else frozenset()

    def holder(self, role: str) -> str | None:
        """The id of the person who holds the role."""
        return next((held.person_id for held in self.people if held.role == role), None)


ASKED = "asked"


class RoleOf(_Record):
    """A role of a person and where it is held: at a school, at a trust or partnership, or for a programme.

    `through`: the entry of a form that gives it, or `ASKED` where somebody was only asked whether their school takes
    part; else it was given with the enrolment, or one by one.
    """

    role: str
    school_id: str | None = None
    programme_id: str | None = None
    party_id: str | None = None
    through: str = ""

    @property
    def place(self) -> "RoleOf":
        """The same role however it was given."""
        return self.model_copy(update={"through": ""})


class Person(_Record):
    """A person's work contact details and the roles they hold."""

    person_id: str
    version: int = 1
    name: str
    email: str
    phone: str | None = None
    roles: tuple[RoleOf, ...] = ()
    timezone: str = "Europe/London"

    def card(self) -> ContactCard:
        """The contact card that other services keep. Roles that only a template knows are published by `RoleTaken`."""
        told = self.model_dump(exclude={"roles"})
        held = dict.fromkeys(role.place for role in self.roles if role.role in ROLE_TITLES)
        roles = tuple(RoleHeld.model_validate(role.model_dump(exclude={"through"})) for role in held)
        return ContactCard(**told, roles=roles)

    def holds(self, place: RoleOf) -> bool:
        """Whether the person has the role there, in whichever way it was given."""
        return any(role.place == place and role.through != ASKED for role in self.roles)


class Named(_Record):
    """Somebody whom an entry names for a role."""

    role: str
    person_id: str


class Naming(_Record):
    """Whom a version of an entry names: `number` counts the versions as `FormSubmitted` does.

    `version` rises with every change. `taken_over`: whom the entry itself names -> who has their place since.
    """

    entry_id: str
    programme_id: str
    school_id: str | None = None
    number: int
    named: tuple[Named, ...] = ()
    version: int = 0
    taken_over: dict[str, str] = {}


class Appointment(_Record):
    """A facilitator of a programme."""

    appointment_id: str
    programme_id: str
    person_id: str
    version: int = 1
    regions: tuple[str, ...] = ()
    capacity: int = 40
    dates_not_possible: tuple[DateSpan, ...] = ()
    easting: int | None = None
    northing: int | None = None
