"""Findings, actions and reports: who is asked for them and who gets them."""

from services.notifications.domain.decisions import reports
from services.notifications.domain.decisions.reports import ReportRecords
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.reporting import (
    ActionOverdue,
    ActionUpdated,
    FindingsRequested,
    ProjectFindingsSubmitted,
    ReportCompiled,
    ReportFailed,
)


class Reports:
    """Reactions to what happens to findings, actions and reports."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def findings_requested(self, event: FindingsRequested, work: UnitOfWork) -> None:
        """Ask for a school's findings, or remind."""
        records = await self._of_school(event.programme_id, event.school_id)
        await self._records.save(reports.findings_requested(records, event, work.now), work)

    async def findings_submitted(self, event: ProjectFindingsSubmitted, work: UnitOfWork) -> None:
        """End the reminders for these findings."""
        await self._records.save(reports.findings_submitted(event), work)

    async def compiled(self, event: ReportCompiled, work: UnitOfWork) -> None:
        """Send the report to the roles that it names."""
        programme = await self._records.programme(event.programme_id)
        people = await self._records.school_people(event.programme_id, [event.school_id] if event.school_id else None)
        leads = await self._records.programmes.facilitators(event.programme_id)
        await self._records.save(reports.compiled(ReportRecords(programme, people, leads), event, work.now), work)

    async def failed(self, event: ReportFailed, work: UnitOfWork) -> None:
        """Tell the coordinator."""
        records = ReportRecords(await self._records.programme(event.programme_id))
        await self._records.save(reports.failed(records, event, work.now), work)

    async def overdue(self, event: ActionOverdue, work: UnitOfWork) -> None:
        """Remind the school of an action."""
        records = await self._of_school(event.programme_id, event.school_id)
        await self._records.save(reports.overdue(records, event, work.now), work)

    async def action_updated(self, event: ActionUpdated, work: UnitOfWork) -> None:
        """End the reminders for an action that is done or dropped."""
        await self._records.save(reports.action_updated(event), work)

    async def _of_school(self, programme_id: str, school_id: str) -> ReportRecords:
        programme = await self._records.programme(programme_id)
        return ReportRecords(programme, await self._records.school_people(programme_id, [school_id]))
