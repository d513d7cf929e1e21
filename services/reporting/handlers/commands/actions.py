"""The status of an action."""

from services.reporting.domain.decisions.actions import known_action, update_action
from services.reporting.handlers.publishing import publish
from services.reporting.ports.facts import Members, Programmes
from services.reporting.ports.forms import Actions, FindingsForms
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.reporting import UpdateAction
from shared.errors import Rejected

__all__ = ["ActionCommands"]


class ActionCommands:
    """One method a command."""

    def __init__(self, programmes: Programmes, members: Members, findings: FindingsForms, actions: Actions) -> None:
        self._programmes = programmes
        self._members = members
        self._findings = findings
        self._actions = actions

    async def update(self, command: UpdateAction, work: UnitOfWork) -> Done:
        """Save the action's new status, also within its findings."""
        action = known_action(command, await self._actions.get(command.action_id))
        programme = await self._programmes.get(action.programme_id)
        if programme is None:
            raise Rejected("unknown-programme", "There is no such programme.")
        decision = update_action(
            command,
            action,
            programme,
            await self._members.of_school(action.programme_id, action.school_id),
            findings=await self._findings.get(action.findings_id),
            now=work.now,
        )
        if decision.record is not None:
            await self._actions.put(decision.record)
        if decision.findings is not None:
            await self._findings.put(decision.findings)
        publish(decision, work)
        return decision.done
