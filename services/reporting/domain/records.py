"""A report as it is kept: its state, its latest edition, its files."""

import datetime as dt
import re
import unicodedata
from typing import Literal

from services.reporting.domain.facts import Record
from shared.commands.reports import ReportRow
from shared.events import reports as of_templates
from shared.events.base import Event
from shared.events.reporting import ReportCompiled, ReportFailed

Format = Literal["pdf", "html", "xlsx"]
MEDIA_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class FileFacts(Record):
    """One file of an edition."""

    format: Format
    size: int
    sha256: str


class PagePart(Record):
    """A part of the page that shows a report to everybody; empty fields are what it has not."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    note: str = ""


class Edition(Record):
    """One compiled edition. `content`: the hash of what it says, without its number and date.

    `page`: of a report for everybody what its page shows, below `lead`.
    """

    report_id: str
    edition: int
    pages: int
    files: tuple[FileFacts, ...]
    compiled_at: dt.datetime
    content: str = ""
    lead: str = ""
    page: tuple[PagePart, ...] = ()

    def file(self, wanted: str) -> FileFacts | None:
        """The file of that format, or None."""
        return next((file for file in self.files if file.format == wanted), None)


class ReportRecord(Record):
    """A report. `version` counts the events about it; `latest` is the latest compiled edition.

    `about`: the kind of thing that a report of a template is about, empty for those of templates of release 0.1.0.
    `reader_ids`: whom it was let go to last; who of them still may read it is asked each time.
    `published`: the edition that everybody may read, 0 for none, since `published_at`, at `address`.
    """

    report_id: str
    kind: str
    title: str
    programme_id: str
    about: str = ""
    about_id: str = ""
    reader_ids: tuple[str, ...] = ()
    public: bool = False
    cohort_id: str
    school_id: str | None = None
    visit_id: str | None = None
    state: Literal["compiling", "compiled", "failed"] = "compiling"
    latest: Edition | None = None
    awaited: int
    sentence: str = ""
    published: int = 0
    published_at: dt.datetime | None = None
    address: str = ""
    version: int = 0
    changed_at: dt.datetime

    def has(self, number: int) -> bool:
        """Whether this edition or a later one is compiled."""
        return self.latest is not None and self.latest.edition >= number

    def awaits(self, number: int) -> bool:
        """Whether this edition is still to be compiled, and no later one is on its way."""
        return self.awaited <= number and not self.has(number)

    @property
    def of_template(self) -> bool:
        """Whether it is a report that a template declares with its blocks."""
        return bool(self.about)

    def row(self) -> ReportRow:
        """The report for lists."""
        known = self.model_dump(include=set(ReportRow.model_fields) & set(type(self).model_fields))
        if self.latest is None:
            return ReportRow(edition=0, **known)
        pdf = self.latest.file("pdf")
        return ReportRow(
            edition=self.latest.edition,
            sha256=pdf.sha256 if pdf else "",
            pages=self.latest.pages,
            pdf_bytes=pdf.size if pdf else 0,
            formats=tuple(file.format for file in self.latest.files),
            compiled_at=self.latest.compiled_at,
            **known,
        )

    def compiled(self, edition: Edition) -> tuple["ReportRecord", Event]:
        """Return the report with a new edition, and its event."""
        state = "compiled" if edition.edition >= self.awaited else self.state
        pdf = next(file for file in edition.files if file.format == "pdf")
        record = self.model_copy(
            update={
                "state": state,
                "latest": edition,
                "sentence": "",
                "version": self.version + 1,
                "changed_at": edition.compiled_at,
            }
        )
        facts = {
            "version": record.version,
            "edition": edition.edition,
            "sha256": pdf.sha256,
            "pages": edition.pages,
            "pdf_bytes": pdf.size,
            "formats": tuple(file.format for file in edition.files),
        }
        if self.of_template:
            return record, of_templates.ReportCompiled(**self.facts(), **facts)
        about = self.model_dump(include={"report_id", "kind", "programme_id", "cohort_id", "school_id", "visit_id"})
        return record, ReportCompiled(**about, **facts)

    def facts(self) -> dict[str, object]:
        """What every event about a report of a template says of it."""
        about = self.model_dump(include=set(of_templates.ReportFacts.model_fields))
        return {**about, "report": self.kind}

    def failed(self, sentence: str, at: dt.datetime) -> tuple["ReportRecord", Event]:
        """Return the report after a failure, and its event."""
        version = self.version + 1
        update = {"state": "failed", "sentence": sentence, "version": version, "changed_at": at}
        if self.of_template:
            event = of_templates.ReportFailed(version=version, reason=sentence, **self.facts())
            return self.model_copy(update=update), event
        about = self.model_dump(include={"report_id", "kind", "programme_id", "school_id"})
        return self.model_copy(update=update), ReportFailed(version=version, reason=sentence, **about)


def file_key(report_id: str, facts: FileFacts) -> str:
    """Where a file of a report is kept: under the hash of what it contains."""
    return f"{report_id}.{facts.sha256}.{facts.format}"


def filename(title: str, edition: int, ending: str) -> str:
    """A file name that every system takes: `findings-and-action-plan-hill-school-v2.pdf`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-") or "report"
    return f"{words}-v{edition}.{ending}"
