"""What this service keeps about programmes, enrolments and people."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.commands.programmes import TopicClaim
from shared.events.base import DateSpan
from shared.events.people import ContactCard, Role, RoleHeld
from shared.events.template import ProgrammeTemplate

__all__ = ["Appointment", "EnrolmentRecord", "HeldRole", "NotWith", "Person", "Programme"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Programme(_Record):
    """One run of a template. `open_until`: the last day of an enrolment that was opened again."""

    programme_id: str
    name: str
    year: int
    template: ProgrammeTemplate
    state: Literal["enrolling", "closed"] = "enrolling"
    open_until: dt.date | None = None
    coordinator_id: str
    version: int = 1


class HeldRole(_Record):
    """A person's part in an enrolment."""

    person_id: str
    role: Role
    dates_not_possible: tuple[DateSpan, ...] = ()


class NotWith(_Record):
    """A school not to be matched with: the URN as it was named, and the school behind it."""

    urn: int
    school_id: str


class EnrolmentRecord(_Record):
    """A school's part in a programme, with the evidence that events leave out."""

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
    farthest_travel_km: float
    not_with: tuple[NotWith, ...] = ()

    def holder(self, role: Role) -> str | None:
        """The id of the person who holds the role."""
        return next((held.person_id for held in self.people if held.role == role), None)


class Person(_Record):
    """A person's work contact details and the roles they hold."""

    person_id: str
    version: int = 1
    name: str
    email: str
    phone: str | None = None
    roles: tuple[RoleHeld, ...] = ()
    timezone: str = "Europe/London"

    def card(self) -> ContactCard:
        """The contact card that other services keep."""
        return ContactCard(**self.model_dump())


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
