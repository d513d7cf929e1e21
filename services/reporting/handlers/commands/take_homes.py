"""What a visitor takes home."""

from services.reporting.domain.decisions.take_homes import take_home, take_home_id
from services.reporting.handlers.commands.meetings import MeetingsForForms
from services.reporting.handlers.publishing import publish
from services.reporting.ports.forms import TakeHomes
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.reporting import RecordTakeHome

__all__ = ["TakeHomeCommands"]


class TakeHomeCommands:
    """One method a command."""

    def __init__(self, meetings: MeetingsForForms, take_homes: TakeHomes) -> None:
        self._meetings = meetings
        self._take_homes = take_homes

    async def record(self, command: RecordTakeHome, work: UnitOfWork) -> Done:
        """Save the note."""
        meeting, programme = await self._meetings.find(command.visit_id, work.now)
        before = await self._take_homes.get(take_home_id(command.visit_id, command.person_id))
        decision = take_home(command, meeting, programme, before=before)
        if decision.record is not None:
            await self._take_homes.put(decision.record)
        publish(decision, work)
        return decision.done
