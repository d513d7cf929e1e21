"""Asks each school's pair for its findings when the time has come, unless they are in."""

from services.reporting.domain.facts import Programme
from services.reporting.domain.ids import findings_id
from services.reporting.domain.requests import REMINDED, reminder_day
from services.reporting.ports.facts import Facts
from services.reporting.ports.forms import Forms
from shared.bus import Reminder, UnitOfWork
from shared.events.reporting import FindingsRequested

__all__ = ["FindingsRequests"]


class FindingsRequests:
    """One method a reminder."""

    def __init__(self, facts: Facts, forms: Forms) -> None:
        self._facts = facts
        self._forms = forms

    async def ask(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Ask for the first time, and plan to ask once more."""
        programme = await self._facts.programme(reminder.data["programme_id"])
        if programme is None or not await self._told(reminder, programme, work, again=False):
            return
        day = reminder_day(programme, programme.local_day(work.now))
        if day is not None:
            work.remind(REMINDED, reminder.key, programme.morning(day), reminder.data)

    async def ask_again(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Ask those who have not submitted."""
        programme = await self._facts.programme(reminder.data["programme_id"])
        if programme is not None:
            await self._told(reminder, programme, work, again=True)

    async def _told(self, reminder: Reminder, programme: Programme, work: UnitOfWork, *, again: bool) -> bool:
        cohort_id, school_id = reminder.data["cohort_id"], reminder.data["school_id"]
        member = await self._facts.member(programme.programme_id, school_id)
        groups = await self._facts.groups(cohort_id)
        taking_part = any(school_id in group.school_ids for group in groups)
        if member is None or member.withdrawn or not taking_part:
            return False
        if await self._forms.findings(findings_id(cohort_id, school_id, None)) is not None:
            return False
        work.publish(
            FindingsRequested(
                version=2 if again else 1,
                request_id=reminder.data["request_id"],
                programme_id=programme.programme_id,
                cohort_id=cohort_id,
                school_id=school_id,
                person_ids=member.pair(programme),
                due=programme.findings_due,
                reminder=again,
            )
        )
        return True
