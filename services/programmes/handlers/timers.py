"""What happens when a reminder comes: an enrolment that was opened again until a day closes."""

from services.programmes.domain.programme import closes_by_itself
from services.programmes.handlers.commands.programmes import ProgrammeCommands
from services.programmes.ports.programmes import Programmes
from shared.bus import Reminder, UnitOfWork
from shared.commands.programmes import CloseEnrolment

__all__ = ["EnrolmentTimers"]


class EnrolmentTimers:
    """Handlers of reminders."""

    def __init__(self, programmes: Programmes, commands: ProgrammeCommands) -> None:
        self._programmes = programmes
        self._commands = commands

    async def over(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Close the enrolment if its last day is over; it may have been closed, or prolonged, meanwhile."""
        due = closes_by_itself(await self._programmes.get(reminder.key))
        if due is not None and due <= work.now:
            await self._commands.close(CloseEnrolment(programme_id=reminder.key), work)
