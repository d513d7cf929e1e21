"""What `reporting` publishes of reports that a template declares: which report, about what, and who may read it.

Version 2 of `ReportCompiled` and `ReportFailed` names reports by the template's keys. Version 1 is published of the
reports of programmes that were opened with a template of release 0.1.0; nobody is told of one report twice.
"""

from typing import ClassVar

from pydantic import Field

from shared.events.base import Event, Fact


class ReportFacts(Fact):
    """Which report it is, and what it is about."""

    report_id: str
    programme_id: str
    report: str = Field(description="the key of the report in the template")
    about: str = Field(description="the kind of thing it is about, as the report says: a subject or a role")
    about_id: str
    cohort_id: str = ""
    school_id: str | None = Field(None, description="the school that it is about, where there is one")


class ReportRequested(ReportFacts, Event):
    """The moment has come at which the template wants the report: edition `edition` is to be compiled."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "report_id"
    edition: int = Field(ge=1)


class ReportCompiled(ReportFacts, Event):
    """An edition of a report is stored, in every format, under its hash."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "report_id"
    v: ClassVar[int] = 2
    edition: int = Field(ge=1)
    sha256: str
    pages: int
    pdf_bytes: int
    formats: tuple[str, ...] = ("pdf", "html")


class ReportFailed(ReportFacts, Event):
    """A report could not be compiled; `reason` is a sentence for the coordinator without anybody's text in it."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "report_id"
    v: ClassVar[int] = 2
    reason: str


class ReportPublished(ReportFacts, Event):
    """Everybody may read an edition of a report from now on, at `address` below the portal's brochures."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "report_id"
    edition: int = Field(ge=1)
    address: str
    enquiries: bool = Field(False, description="whether its page takes enquiries")


class ReportUnpublished(ReportFacts, Event):
    """Nobody may read a report by its public page any more."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "report_id"


class ReportReleased(ReportFacts, Event):
    """These people may read the latest edition of a report, by the template or by whoever let go what it is made of."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "report_id"
    edition: int = Field(ge=1)
    reader_ids: tuple[str, ...]
    pages: int = 0
    pdf_bytes: int = 0
