"""What happens when a reminder comes: an enrolment that was opened again closes, a moment of the clock is published."""

import datetime as dt

from services.programmes.domain.clock import reached
from services.programmes.domain.programme import closes_by_itself
from services.programmes.handlers.commands.programmes import ProgrammeCommands
from services.programmes.ports.programmes import Programmes
from shared.bus import Reminder, UnitOfWork
from shared.commands.programmes import CloseEnrolment

__all__ = ["ClockTimers", "EnrolmentTimers"]


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


class ClockTimers:
    """Handlers of reminders."""

    def __init__(self, programmes: Programmes) -> None:
        self._programmes = programmes

    async def moment(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Publish that a moment has come, if the programme still has it on that day."""
        told = reminder.data
        programme = await self._programmes.get(told["programme_id"])
        event = reached(programme, told["moment"], told["state"], dt.date.fromisoformat(told["on"]))
        if event is not None:
            work.publish(event)
