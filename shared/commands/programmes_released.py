"""Version 1 of what `programmes` answers about enrolments: it can only say the roles of 0.1.0.

Still answered, for programmes whose roles it can say; `programmes_queries` holds version 2.
"""

from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Query, Reply
from shared.commands.programmes import TopicClaim
from shared.commands.programmes_queries import FacilitatorRow
from shared.events.base import DateSpan
from shared.events.people import Role
from shared.events.programmes import SchoolFacts


class PersonRow(Reply):
    """A person of an enrolment or programme."""

    person_id: str
    name: str
    email: str
    role: Role
    school_urn: int | None = None


class EnrolmentRow(Reply):
    """An enrolment with its people."""

    enrolment_id: str
    state: Literal["enrolled", "withdrawn"]
    withdrawal_reason: str = ""
    version: int
    school: SchoolFacts
    people: tuple[PersonRow, ...]
    strengths: tuple[TopicClaim, ...]
    needs: tuple[TopicClaim, ...]
    dates_not_possible: tuple[DateSpan, ...] = ()
    farthest_travel_km: float
    not_with: tuple[int, ...] = ()


class EnrolmentRows(Reply):
    """A page of enrolments, and the programme's own people (facilitators, coordinator)."""

    total: int
    enrolments: tuple[EnrolmentRow, ...]
    programme_people: tuple[PersonRow, ...] = ()
    facilitators: tuple[FacilitatorRow, ...] = ()


class ListEnrolments(Query):
    """Enrolments of a programme."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = EnrolmentRows
    programme_id: str
    urn: int | None = None
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)
