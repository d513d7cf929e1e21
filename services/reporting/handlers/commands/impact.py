"""A cohort's impact report."""

import datetime as dt

from services.reporting.domain.decisions.releases import release
from services.reporting.domain.ids import report_id
from services.reporting.handlers.cohorts import Cohorts
from services.reporting.handlers.publishing import publish
from services.reporting.ports.facts import Meetings
from services.reporting.ports.impact import Releases
from services.reporting.ports.reports import Reports
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.reporting import CompileImpact

__all__ = ["ImpactCommands"]


class ImpactCommands:
    """One method a command."""

    def __init__(
        self,
        cohorts: Cohorts,
        meetings: Meetings,
        releases: Releases,
        reports: Reports,
        settled_days: int,
    ) -> None:
        self._cohorts = cohorts
        self._meetings = meetings
        self._releases = releases
        self._reports = reports
        self._settled_after = dt.timedelta(days=settled_days)

    async def compile(self, command: CompileImpact, work: UnitOfWork) -> Done:
        """Release the answers that can be, and have the report compiled."""
        cohort_id = command.cohort_id
        _, programme = await self._cohorts.find(cohort_id)
        decision = release(
            cohort_id,
            programme,
            await self._releases.waiting(cohort_id),
            await self._meetings.of_cohort(cohort_id),
            last=await self._releases.last(cohort_id),
            settled_after=self._settled_after,
            report=await self._reports.get(report_id("impact", cohort_id)),
            now=work.now,
        )
        await self._releases.put(cohort_id, decision.number, decision.blocks)
        if decision.report is not None:
            await self._reports.put(decision.report)
        publish(decision, work)
        return decision.done
