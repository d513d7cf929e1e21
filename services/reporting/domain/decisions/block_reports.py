"""Reports that a template declares: at which moment they are due, and what is published of them."""

import datetime as dt
from collections.abc import Iterable

from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.entries.context import Subject
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.ids import report_id
from services.reporting.domain.records import ReportRecord
from shared.commands.base import Done
from shared.errors import Rejected
from shared.events.reports import ReportReleased, ReportRequested
from shared.template import Template
from shared.template.moments import parse_moment
from shared.template.reports import Report

COORDINATOR, ENDED = "coordinator", "ended"


def due_after(template: Template, anchor: str, state: str) -> tuple[Report, ...]:
    """The reports that are made when this has happened."""
    return tuple(report for report in template.reports if any(_is(text, anchor, state) for text in report.after))


def declared(programme: EngineProgramme, key: str) -> Report:
    """The report with that key. Raises Rejected: unknown-report."""
    found = next((report for report in programme.template.reports if report.key == key), None)
    if found is None:
        known = ", ".join(report.key for report in programme.template.reports) or "none"
        raise Rejected("unknown-report", f"The template declares no report '{key}'; its reports: {known}.")
    return found


def known_id(programme_id: str, report: str, about_id: str) -> str:
    """Id of the report about a thing; its editions share it."""
    return report_id(programme_id, report, about_id)


def ordered(
    before: ReportRecord | None,
    report: Report,
    programme: EngineProgramme,
    subject: Subject,
    *,
    about_id: str,
    now: dt.datetime,
) -> Answered[ReportRecord]:
    """Have the next edition compiled."""
    about = subject.situation
    record = before or ReportRecord(
        report_id=known_id(programme.programme_id, report.key, about_id),
        kind=report.key,
        title=f"{report.title}: {subject.title}" if subject.title else report.title,
        programme_id=programme.programme_id,
        about=report.about,
        about_id=about_id,
        public=report.public,
        cohort_id=subject.cohort_id,
        school_id=about.host_school_id or about.school_id,
        awaited=0,
        changed_at=now,
    )
    update = {"state": "compiling", "awaited": record.awaited + 1, "version": record.version + 1, "changed_at": now}
    record = record.model_copy(update=update)
    event = ReportRequested(version=record.version, edition=record.awaited, **record.facts())
    done = Done(id=record.report_id, version=record.awaited, sentence=f"“{record.title}” is being made.")
    return Answered(done=done, record=record, events=(event,))


def released(record: ReportRecord, readers: Iterable[str]) -> tuple[ReportRecord, ReportReleased | None]:
    """The report with its readers, and what is told of it once there is an edition that they can read."""
    given = tuple(dict.fromkeys(readers))
    if record.latest is None or not given:
        return record.model_copy(update={"reader_ids": given}), None
    changed = record.model_copy(update={"reader_ids": given, "version": record.version + 1})
    pdf = record.latest.file("pdf")
    event = ReportReleased(
        version=changed.version,
        edition=record.latest.edition,
        reader_ids=given,
        pages=record.latest.pages,
        pdf_bytes=pdf.size if pdf else 0,
        **record.facts(),
    )
    return changed, event


def moment_parts(text: str) -> tuple[str, str]:
    """The two words of a moment of the clock."""
    instant = parse_moment(text)
    return instant.anchor, instant.state


def _is(text: str, anchor: str, state: str) -> bool:
    instant = parse_moment(text)
    return (instant.anchor, instant.state) == (anchor, state)
