"""A school's findings and action plan."""

from services.reporting.domain.decisions.findings import submit_findings
from services.reporting.domain.ids import findings_id, report_id
from services.reporting.handlers.publishing import publish
from services.reporting.ports.facts import Groups, Members, Programmes
from services.reporting.ports.forms import Actions, FindingsForms
from services.reporting.ports.reports import Reports
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.reporting import SubmitFindings
from shared.errors import Rejected

__all__ = ["FindingsCommands"]


class FindingsCommands:
    """One method a command."""

    def __init__(
        self,
        *,
        programmes: Programmes,
        members: Members,
        groups: Groups,
        findings: FindingsForms,
        actions: Actions,
        reports: Reports,
    ) -> None:
        self._programmes = programmes
        self._members = members
        self._groups = groups
        self._findings = findings
        self._actions = actions
        self._reports = reports

    async def submit(self, command: SubmitFindings, work: UnitOfWork) -> Done:
        """Save the findings with their actions, and have the report compiled."""
        programme = await self._programmes.get(command.programme_id)
        if programme is None:
            raise Rejected("unknown-programme", "There is no such programme.")
        known_id = findings_id(command.cohort_id, command.school_id, command.project_id)
        decision = submit_findings(
            command,
            programme,
            await self._members.of_school(command.programme_id, command.school_id),
            await self._groups.of_cohort(command.cohort_id),
            before=await self._findings.get(known_id),
            actions=await self._actions.of_findings(known_id),
            report=await self._reports.get(report_id("action-plan", known_id)),
            now=work.now,
        )
        if decision.record is not None:
            await self._findings.put(decision.record)
        for action in decision.actions:
            await self._actions.put(action)
        if decision.report is not None:
            await self._reports.put(decision.report)
        publish(decision, work)
        return decision.done
