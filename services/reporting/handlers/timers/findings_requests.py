"""The days on which schools' pairs are asked for their findings."""

from services.reporting.domain.decisions.findings_requests import ask
from services.reporting.domain.ids import findings_id
from services.reporting.handlers.publishing import publish
from services.reporting.ports.facts import Groups, Members, Programmes
from services.reporting.ports.forms import FindingsForms
from shared.bus import Reminder, UnitOfWork

__all__ = ["FindingsRequestTimers"]


class FindingsRequestTimers:
    """One method a reminder."""

    def __init__(self, programmes: Programmes, members: Members, groups: Groups, findings: FindingsForms) -> None:
        self._programmes = programmes
        self._members = members
        self._groups = groups
        self._findings = findings

    async def ask(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Ask for the first time, and plan to ask once more."""
        await self._ask(reminder, work, again=False)

    async def ask_again(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Ask those who have not submitted."""
        await self._ask(reminder, work, again=True)

    async def _ask(self, reminder: Reminder, work: UnitOfWork, *, again: bool) -> None:
        programme_id, cohort_id = reminder.data["programme_id"], reminder.data["cohort_id"]
        school_id = reminder.data["school_id"]
        decision = ask(
            reminder.data,
            await self._programmes.get(programme_id),
            await self._members.of_school(programme_id, school_id),
            await self._groups.of_cohort(cohort_id),
            findings=await self._findings.get(findings_id(cohort_id, school_id, None)),
            again=again,
            now=work.now,
        )
        publish(decision, work)
