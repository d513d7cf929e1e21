"""What `programmes` can be asked about: schools, programmes, enrolments, templates."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from shared.commands.base import Query, Reply
from shared.commands.programmes import TopicClaim
from shared.events.base import DateSpan
from shared.events.programmes import SchoolFacts
from shared.events.template import ProgrammeTemplate


class SchoolRow(Reply):
    """A school of the register."""

    facts: SchoolFacts
    status: str
    enrollable: bool
    overall_grade: str | None = Field(None, description="inspection regime until September 2024")
    report_card: dict[str, str] | None = Field(
        None, description="inspection regime from November 2025: area -> grade, and safeguarding"
    )
    inspected_on: str | None = None
    predecessors: tuple[int, ...] = ()
    successors: tuple[int, ...] = ()


class SchoolRows(Reply):
    """A page of schools."""

    total: int
    schools: tuple[SchoolRow, ...]


class ListSchools(Query):
    """Schools by part of a name, authority, status."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = SchoolRows
    search: str = ""
    authority: str = ""
    enrollable_only: bool = False
    limit: int = Field(50, ge=1, le=1000)
    offset: int = Field(0, ge=0)


class ShowSchool(Query):
    """One school; Rejected("unknown-urn") otherwise."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = SchoolRow
    urn: int


class AuthorityRow(Reply):
    """A local authority."""

    code: str
    name: str


class FindAuthority(Query):
    """The local authority of this code or name; Rejected("unknown-authority") with the nearest otherwise."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = AuthorityRow
    named: str


class ProgrammeRow(Reply):
    """A programme."""

    programme_id: str
    name: str
    year: int
    template: str
    template_version: int
    state: Literal["enrolling", "closed"]
    open_until: dt.date | None = Field(None, description="the last day of an enrolment that was opened again")
    stands: str = Field("", description="draft, recruiting, running, postponed, completed or archived")
    postponed_until: dt.date | None = Field(None, description="when a postponed programme is meant to go on")
    postponed_because: str = Field("", description="the coordinator's own words")
    enrolled: int
    withdrawn: int = 0
    coordinator_id: str
    warnings: tuple[str, ...] = Field((), description="what stands against closing or publishing, if that was asked")


class ProgrammeRows(Reply):
    """All programmes."""

    programmes: tuple[ProgrammeRow, ...]


class ListProgrammes(Query):
    """All programmes; with `name`, those whose id or name is exactly that; with `check`, what stands against them."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ProgrammeRows
    name: str = ""
    check: bool = False


class PersonRow(Reply):
    """A person of an enrolment or programme; `title` is what the template calls the role."""

    person_id: str
    name: str
    email: str
    role: str
    title: str = ""
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
    farthest_travel_km: float | None = None
    not_with: tuple[int, ...] = ()


class FacilitatorRow(Reply):
    """A facilitator's appointment, beside their name and address in `programme_people`."""

    person_id: str
    regions: tuple[str, ...] = Field((), description="none = everywhere")
    capacity: int
    dates_not_possible: tuple[DateSpan, ...] = ()
    easting: int | None = None
    northing: int | None = None


class EnrolmentRows(Reply):
    """A page of enrolments, and the programme's own people (facilitators, coordinator)."""

    total: int
    enrolments: tuple[EnrolmentRow, ...]
    programme_people: tuple[PersonRow, ...] = ()
    facilitators: tuple[FacilitatorRow, ...] = ()
    everybody: tuple[PersonRow, ...] = Field((), description="whoever holds a role in the programme, where asked for")


class ListEnrolments(Query):
    """Enrolments of a programme; with `everybody` also who was named one by one, by an entry, or for a party."""

    service: ClassVar[str] = "programmes"
    v: ClassVar[int] = 2
    Reply: ClassVar[type[Reply]] = EnrolmentRows
    programme_id: str
    urn: int | None = None
    everybody: bool = False
    search: str = Field(
        "", max_length=100, description="part of a school's name or town, the beginning of its postcode, or its URN"
    )
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class NamedPerson(Reply):
    """A person with the schools of which they are in any programme, by name."""

    person_id: str
    name: str
    schools: tuple[str, ...] = ()


class NamedPeople(Reply):
    """Those of the people who are known."""

    people: tuple[NamedPerson, ...]


class NamePeople(Query):
    """Names and schools of people, whatever programme they are in."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = NamedPeople
    person_ids: tuple[str, ...] = Field(max_length=1000)


class TemplateRow(Reply):
    """A template in a line."""

    key: str
    version: int
    title: str
    summary: str
    own: bool = Field(False, description="taken over here; it did not come with Kindred")


class Templates(Reply):
    """Programme templates that can be opened: those in the language of 0.1.0 whole, and all of them in `rows`."""

    templates: tuple[ProgrammeTemplate, ...]
    rows: tuple[TemplateRow, ...] = ()


class ListTemplates(Query):
    """The templates this installation knows."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = Templates


class FileReply(Reply):
    """A small file."""

    filename: str
    media_type: str
    content: bytes

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_bytes="base64", val_json_bytes="base64")


class EnrolmentForm(Query):
    """An empty enrolment file (CSV or XLSX) to fill in, with the programme's topics."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = FileReply
    programme_id: str
    format: Literal["csv", "xlsx"] = "xlsx"
