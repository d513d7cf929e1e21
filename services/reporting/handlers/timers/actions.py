"""The day after an action's due date."""

from services.reporting.domain.decisions.actions import overdue
from services.reporting.handlers.publishing import publish
from services.reporting.ports.facts import Programmes
from services.reporting.ports.forms import Actions
from shared.bus import Reminder, UnitOfWork

__all__ = ["ActionTimers"]


class ActionTimers:
    """One method a reminder."""

    def __init__(self, programmes: Programmes, actions: Actions) -> None:
        self._programmes = programmes
        self._actions = actions

    async def overdue(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Publish that the action is overdue, if it still is."""
        action = await self._actions.get(reminder.key)
        programme = await self._programmes.get(action.programme_id) if action else None
        decision = overdue(action, programme, work.now)
        if decision.record is not None:
            await self._actions.put(decision.record)
        publish(decision, work)
