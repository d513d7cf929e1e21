"""What may be asked of `reporting` about reports, version 2: named by open words, those of a template among them.

A report that a template declares is shown to whoever may read it and to nobody else; others are answered
`unknown-report`, as if there were none. Public ones are shown to everybody. Reports of templates of release 0.1.0 have
readers whom the portal knows; without a person they are for who runs Kindred.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, Query, Reply
from shared.commands.reporting import Chunk

ReportState = Literal["compiling", "compiled", "failed"]
ReportFormat = Literal["pdf", "html", "xlsx"]


class ReportRow(Reply):
    """A report and its latest edition. `kind`: the key of a template's report, or of one of release 0.1.0."""

    report_id: str
    kind: str
    title: str
    programme_id: str
    about: str = Field("", description="the kind of thing that a template's report is about")
    about_id: str = ""
    cohort_id: str = ""
    school_id: str | None = None
    visit_id: str | None = None
    state: ReportState
    edition: int
    sha256: str = ""
    pages: int = 0
    pdf_bytes: int = 0
    formats: tuple[str, ...] = ()
    compiled_at: dt.datetime | None = None
    sentence: str = ""
    public: bool = False
    may_read: bool = Field(False, description="whether it is for the `reader_id` of who lists")


class ReportRows(Reply):
    """Reports, newest first."""

    total: int
    reports: tuple[ReportRow, ...]


class ListReports(Query):
    """Reports by programme, cohort, school, kind, or by an id or its beginning; nothing of what is in them."""

    service: ClassVar[str] = "reporting"
    v: ClassVar[int] = 2
    Reply: ClassVar[type[Reply]] = ReportRows
    named: str = Field("", max_length=100, description="a report's id or its beginning")
    programme_id: str = ""
    cohort_id: str = ""
    school_id: str = ""
    kind: str = ""
    state: ReportState | None = None
    concerning: Concerning = ()
    reader_id: str = Field("", max_length=100, description="each row says whether this person may read it")
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class ShowReport(Query):
    """One report, for a person; Rejected("unknown-report") where it is not for them."""

    service: ClassVar[str] = "reporting"
    v: ClassVar[int] = 2
    Reply: ClassVar[type[Reply]] = ReportRow
    report_id: str
    person_id: str = ""


class FetchReport(Query):
    """At most 256 KiB of a report's file from `offset`; repeat until `size` is reached. Edition 0 is the latest.

    The first part of what somebody fetches is a read, which is a line of the audit log.
    """

    service: ClassVar[str] = "reporting"
    v: ClassVar[int] = 2
    Reply: ClassVar[type[Reply]] = Chunk
    report_id: str
    person_id: str = ""
    format: ReportFormat
    edition: int = Field(0, ge=0)
    offset: int = Field(0, ge=0)


class CompileReport(Command):
    """Compile a report of the template now: one that is made when the coordinator asks for it, or any of them again."""

    service: ClassVar[str] = "reporting"
    programme_id: str
    report: str = Field(description="the key of the report in the template")
    about_id: str = Field("", description="the thing it is about; empty for a report about the programme or its cohort")


class Paper(Reply):
    """A paper of a meeting. `report_id` only where the person may read it; the page of it shows the latest edition."""

    report: str = Field(description="the key of the report in the template")
    title: str
    received: bool
    report_id: str = ""
    edition: int = 0
    compiled_at: dt.datetime | None = None


class Papers(Reply):
    """The papers of a meeting, in the order in which the template names them."""

    papers: tuple[Paper, ...]


class ListPapers(Query):
    """The papers of a meeting of people of a placement, as they stand, for one of its people."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = Papers
    programme_id: str
    activity: str
    match_id: str
    person_id: str
