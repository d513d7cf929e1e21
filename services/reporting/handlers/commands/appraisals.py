"""The facilitator's appraisal of a host."""

from services.reporting.domain.decisions.appraisals import appraise
from services.reporting.domain.ids import report_id
from services.reporting.handlers.commands.meetings import MeetingsForForms
from services.reporting.handlers.publishing import publish
from services.reporting.ports.facts import Members
from services.reporting.ports.forms import Appraisals
from services.reporting.ports.reports import Reports
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.reporting import SubmitAppraisal

__all__ = ["AppraisalCommands"]


class AppraisalCommands:
    """One method a command."""

    def __init__(self, meetings: MeetingsForForms, members: Members, appraisals: Appraisals, reports: Reports) -> None:
        self._meetings = meetings
        self._members = members
        self._appraisals = appraisals
        self._reports = reports

    async def submit(self, command: SubmitAppraisal, work: UnitOfWork) -> Done:
        """Save the appraisal and have its report compiled."""
        meeting, programme = await self._meetings.find(command.visit_id, work.now)
        decision = appraise(
            command,
            meeting,
            programme,
            before=await self._appraisals.get(command.visit_id),
            host=await self._members.of_school(meeting.programme_id, meeting.host_school_id or ""),
            report=await self._reports.get(report_id("appraisal", command.visit_id)),
            now=work.now,
        )
        if decision.record is not None:
            await self._appraisals.put(decision.record)
        if decision.report is not None:
            await self._reports.put(decision.report)
        publish(decision, work)
        return decision.done
