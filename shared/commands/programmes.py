"""What may be asked of `programmes`: register, programmes, people, enrolments."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Message, OneLine, Query, Reply
from shared.events.base import DateSpan
from shared.template.words import Key

ImportKind = Literal["register", "inspections", "enrolments", "facilitators", "parties"]


class PersonDetails(Message):
    """A person as somebody names them."""

    role: Key
    name: OneLine = Field(min_length=1, max_length=200)
    email: OneLine = Field(max_length=254)
    phone: OneLine | None = Field(None, max_length=40)
    dates_not_possible: tuple[DateSpan, ...] = ()


class TopicClaim(Message):
    """A strength or need as a school states it."""

    topic: str
    weight: int = Field(3, ge=1, le=5)
    evidence: str = Field("", max_length=2000)


class ImportStarted(Reply):
    """The file is being read; ask `ImportStatus`."""

    import_id: str


class ImportFile(Command):
    """Read an uploaded file. A register's kind is recognised by its header; the same file again changes nothing."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ImportStarted
    kind: ImportKind
    upload: str = Field(description="key from the client's `upload`")
    filename: OneLine
    programme_id: str | None = Field(None, description="for enrolments, facilitators and parties")
    accept_unread: bool = Field(
        False, description="take the file in although columns or sheets of it are not understood"
    )
    check: bool = Field(False, description="only say what would happen: nothing goes in; for files of a programme")


class OpenProgramme(Command):
    """Start a programme from a template."""

    service: ClassVar[str] = "programmes"
    template: str
    name: OneLine = Field(min_length=1, max_length=120)
    year: int = Field(ge=2020, le=2100, description="calendar year of its September")
    coordinator_name: OneLine = Field(min_length=1, max_length=200)
    coordinator_email: OneLine = Field(max_length=254)
    draft: bool = Field(False, description="nobody hears of it before `RecruitProgramme`")


class EnrolSchool(Command):
    """A school joins a programme."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    people: tuple[PersonDetails, ...]
    strengths: tuple[TopicClaim, ...]
    needs: tuple[TopicClaim, ...]
    dates_not_possible: tuple[DateSpan, ...] = ()
    farthest_travel_km: float | None = Field(None, gt=0, le=1000)
    not_with: tuple[int, ...] = Field((), description="URNs")


class AmendEnrolment(EnrolSchool):
    """The whole enrolment as it shall stand from now on."""


class AdmitSchool(EnrolSchool):
    """One more school joins, also after enrolment has closed. A draft is worked out anew; published groups stay."""


class RoleDates(Message):
    """Days on which whoever holds a role cannot come."""

    role: Key
    dates_not_possible: tuple[DateSpan, ...]


class CorrectEnrolment(Command):
    """Put right an enrolment's impossible dates and schools to be kept apart, also after enrolment has closed.

    What is given replaces what was there; what is not given stays.
    """

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    dates_not_possible: tuple[DateSpan, ...] | None = None
    role_dates: tuple[RoleDates, ...] = ()
    not_with: tuple[int, ...] | None = Field(None, description="URNs")


class WithdrawSchool(Command):
    """A school leaves a programme."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    reason: str = Field("", max_length=500)


class CloseEnrolment(Command):
    """Nobody joins any more; matching begins."""

    service: ClassVar[str] = "programmes"
    programme_id: str


class ReopenEnrolment(Command):
    """Schools may join and amend again, up to and including a day; then enrolment closes by itself."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    until: dt.date


class AppointFacilitator(Command):
    """Somebody leads visit days. Naming the same address again changes the appointment."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    name: OneLine = Field(min_length=1, max_length=200)
    email: OneLine = Field(max_length=254)
    regions: tuple[str, ...] = ()
    capacity: int = Field(40, ge=1, le=200)
    dates_not_possible: tuple[DateSpan, ...] = ()
    easting: int | None = None
    northing: int | None = None


class AddPerson(Command):
    """Record a further person of a school (a substitute, say). `Done.id` is the person's id."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    person: PersonDetails


class ReplacePerson(Command):
    """Somebody else takes over a role at a school, however the one before them came to it."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    person: PersonDetails
    leaving: OneLine = Field("", max_length=254, description="address or id of whom, where several hold the role")
    interim: bool = Field(False, description="for a time: until somebody is found, or comes back")


class LeaveRole(Command):
    """Somebody leaves a role at a school, and nobody takes it over. What they did stays theirs."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    role: Key
    leaving: OneLine = Field(max_length=254, description="address or id of whom")


class CorrectAddress(Command):
    """A person's e-mail address was wrong or has changed."""

    service: ClassVar[str] = "programmes"
    person_id: str
    email: OneLine = Field(max_length=254)


class ErasePerson(Command):
    """Forget a person everywhere."""

    service: ClassVar[str] = "programmes"
    person_id: str


class Problem(Reply):
    """Why a row of a file did not go in."""

    line: int
    column: str = ""
    rule: str = ""
    reason: str


class Change(Reply):
    """What an import changed."""

    key: str
    field: str
    old: str = ""
    new: str = ""


class ImportReport(Reply):
    """How far an import is, and its outcome. `problems` and `changes` are cut to 1,000 each; the counts are whole."""

    import_id: str
    state: Literal["running", "done", "refused"]
    kind: str = ""
    check: bool = Field(False, description="it was only checked; nothing went in")
    filename: str = ""
    programme_id: str | None = None
    follows: str = Field("", description="the check that this import goes on with")
    corrected: int = Field(0, description="rows of the file that were put right before it was read")
    undone: bool = False
    sentence: str = Field("", description="why the file was refused, or the summary")
    rows_done: int = 0
    rows_total: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    notes: tuple[str, ...] = Field((), description="what was passed over, or read although hidden, and why")
    questions: tuple[str, ...] = Field(
        (), description="what of the file is not understood; it waits for `ImportFile.accept_unread`"
    )
    problems: tuple[Problem, ...] = ()
    problems_total: int = 0
    changes: tuple[Change, ...] = ()
    changes_total: int = 0


class ImportStatus(Query):
    """How an import is doing."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ImportReport
    import_id: str


class ProblemRow(Reply):
    """A row of the file with something wrong in it: its own cells, what became of it, and what to put right."""

    line: int
    row_is: Literal["left out", "in, without this value"]
    reasons: tuple[str, ...]
    cells: tuple[str, ...]


class ProblemRows(Reply):
    """A page of rows by line, under the file's own headings."""

    header: tuple[str, ...]
    columns: tuple[str, ...] = Field((), description="the form's name of each heading; blank where it has none")
    total: int
    rows: tuple[ProblemRow, ...]


class ListProblemRows(Query):
    """Every row of an import that has something wrong in it; kept for a day, as the file is."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ProblemRows
    import_id: str
    after_line: int = 0
    limit: int = Field(100, ge=1, le=200)
