"""Publishes that an action is overdue."""

from services.reporting.domain.status import is_open
from services.reporting.ports.facts import Facts
from services.reporting.ports.forms import Forms
from shared.bus import Reminder, UnitOfWork
from shared.errors import Rejected
from shared.events.reporting import ActionOverdue

__all__ = ["ActionTimers"]


class ActionTimers:
    """One method a reminder."""

    def __init__(self, facts: Facts, forms: Forms) -> None:
        self._facts = facts
        self._forms = forms

    async def overdue(self, reminder: Reminder, work: UnitOfWork) -> None:
        """An action's due date has passed: tell, unless it is done, dropped, gone or due later by now."""
        action = await self._forms.action(reminder.key)
        if action is None or action.gone or not is_open(action.status):
            return
        programme = await self._facts.programme(action.programme_id)
        if programme is None:
            raise Rejected("unknown-programme", "There is no such programme.")
        if action.due >= programme.local_day(work.now):
            return
        action = action.model_copy(update={"version": action.version + 1})
        await self._forms.put_action(action)
        work.publish(
            ActionOverdue(
                version=action.version,
                action_id=action.action_id,
                findings_id=action.findings_id,
                school_id=action.school_id,
                programme_id=action.programme_id,
                due=action.due,
            )
        )
