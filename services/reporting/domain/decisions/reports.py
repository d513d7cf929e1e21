"""A report that is being compiled: its last edition can be read until the awaited one is there."""

import datetime as dt

from services.reporting.domain.facts import Programme
from services.reporting.domain.records import ReportRecord
from shared.events.reporting import ReportKind


def awaited_report(
    before: ReportRecord | None,
    report_id: str,
    kind: ReportKind,
    programme: Programme,
    now: dt.datetime,
    *,
    awaited: int,
    subject: str,
    cohort_id: str,
    school_id: str | None = None,
    visit_id: str | None = None,
) -> ReportRecord:
    """Return the report as being compiled. `awaited`: the edition's number; `subject`: whom it is about, "" unknown."""
    title = programme.title(kind)
    record = before or ReportRecord(
        report_id=report_id,
        kind=kind,
        title=f"{title}: {subject}" if subject else title,
        programme_id=programme.programme_id,
        cohort_id=cohort_id,
        school_id=school_id,
        visit_id=visit_id,
        awaited=awaited,
        changed_at=now,
    )
    return record.model_copy(update={"state": "compiling", "awaited": awaited, "changed_at": now})
