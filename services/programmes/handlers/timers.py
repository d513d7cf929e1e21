"""What happens when a reminder comes: an enrolment closes, a moment of the clock is published, a maybe runs out."""

import datetime as dt

from services.programmes.domain.clock import reached
from services.programmes.domain.participation.decide import ask, lapse
from services.programmes.domain.programme import closes_by_itself
from services.programmes.handlers.commands.programmes import ProgrammeCommands
from services.programmes.handlers.participation import Parts
from services.programmes.ports.programmes import Programmes
from shared.bus import Reminder, UnitOfWork
from shared.commands.programmes import CloseEnrolment

__all__ = ["ClockTimers", "EnrolmentTimers", "ParticipationTimers"]


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


class ParticipationTimers:
    """Handlers of reminders."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def provisional(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Ask a school whose maybe is about to run out; let it lapse once it has."""
        told = reminder.data
        part = await self._parts.of_school(told["programme_id"], told["school_id"], work)
        if part is None or part.record.answer != "maybe" or part.programme.stage is not None:
            return
        record = part.record
        if told["what"] == "over":
            await self._parts.keep(part, lapse(record, part.today), work)
        elif record.person_id:
            await self._parts.keep(part, ask(record, record.person_id, "provisional", record.provisional_until), work)
