"""Notes that a report is awaited, in the transaction of what it will be made from."""

import datetime as dt

from services.reporting.domain.facts import Programme
from services.reporting.domain.records import ReportRecord
from services.reporting.ports.reports import Reports
from shared.events.reporting import ReportKind

__all__ = ["mark_awaited"]


async def mark_awaited(
    reports: Reports,
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
) -> None:
    """Keep the report as being compiled; its last edition can be read until the `awaited` one is there."""
    title = programme.title(kind)
    known = await reports.get(report_id)
    record = known or ReportRecord(
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
    await reports.put(record.model_copy(update={"state": "compiling", "awaited": awaited, "changed_at": now}))
