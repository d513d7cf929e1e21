"""Commands about courses of sessions."""

import datetime as dt

from services.scheduling.domain.decision import Decision
from services.scheduling.domain.sessions import attending, dating, places
from services.scheduling.domain.sessions.records import Course, Running, Sitting
from services.scheduling.domain.visits.event_decisions import must_be_open
from services.scheduling.domain.visits.records import EventDecision
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.handlers.loading.cohorts import programme_of as programme_record
from services.scheduling.handlers.sessions.loading import diary, programme_of, running_of, seats
from services.scheduling.handlers.sessions.planning import apart
from services.scheduling.handlers.sessions.room import CourseRoom
from services.scheduling.handlers.timers import reminders
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands import sessions as asks
from shared.commands.base import Done
from shared.errors import Rejected

__all__ = ["SessionCommands"]

WHY = "coordinator"
A_DAY = dt.timedelta(days=1)


class SessionCommands:
    """One method a command."""

    def __init__(self, stores: Stores, room: CourseRoom, events: CohortEvents) -> None:
        self._stores, self._room, self._events = stores, room, events

    async def move(self, command: asks.MoveSession, work: UnitOfWork) -> Done:
        """Another date for a day, under the same UIDs."""
        run, sitting = await self._sitting(command.course_id, command.number, work)
        if command.on == sitting.on:
            raise Rejected("same-date", f"It is on {in_words(command.on)} already.")
        others = [one.on for one in run.standing if one.number != command.number]
        every = sorted([*others, command.on])
        known = await diary(self._stores, run, await seats(self._stores, run), (every[0], every[-1]), work.now)
        said = dating.must_be_open(
            known, command.on, run.today + A_DAY, although=command.although, because=command.because
        )
        dating.must_be_apart(known, every, apart(run))
        await self._events.decide(sitting.first, EventDecision(on=command.on, why=WHY, said=said), work)
        return Done(id=command.course_id, sentence=f"{sitting.first.event.title} is on {in_words(command.on)}.")

    async def cancel(self, command: asks.CancelSession, work: UnitOfWork) -> Done:
        """A day does not take place."""
        _, sitting = await self._sitting(command.course_id, command.number, work)
        await self._events.decide(sitting.first, EventDecision(on=None, why=WHY), work)
        return Done(id=command.course_id, sentence=f"{sitting.first.event.title} is cancelled.")

    async def tick(self, command: asks.TickSessions, work: UnitOfWork) -> Done:
        """Somebody says to which days they come."""
        run = await self._running(command.course_id, work)
        return await self._keep(run, places.tick(run, command.person_id, command.numbers), work)

    async def leave(self, command: asks.EndCoursePlace, work: UnitOfWork) -> Done:
        """Somebody comes no more."""
        run = await self._running(command.course_id, work)
        return await self._keep(run, places.leave(run, command.person_id, command.by, command.words), work)

    async def record(self, command: asks.RecordSession, work: UnitOfWork) -> Done:
        """Say who came."""
        run = await self._running(command.course_id, work)
        found = attending.recorded(run, command.number, command.by, command.lines)
        await self._stores.events.put(found.parts)
        programme = await programme_record(self._stores.programmes, run.programme.programme_id)
        for part in found.parts:
            reminders.event_over(part, programme, work)
        after = await running_of(self._stores, run.programme, run.course, work.now)
        return await self._keep(after, Decision((found.course,), found.events, found.sentence), work)

    async def catch_up(self, command: asks.CatchUpSessions, work: UnitOfWork) -> Done:
        """Somebody has made up for what they missed."""
        run = await self._running(command.course_id, work)
        course, event = attending.caught_up(run, command.person_id, command.numbers, command.by)
        return await self._keep(run, Decision((course,), (event,), "Noted, thank you."), work)

    async def _keep(self, run: Running, decision: Decision[Course], work: UnitOfWork) -> Done:
        await self._room.keep(run, decision, work)
        return Done(id=run.course.course_id, sentence=decision.sentence)

    async def _running(self, course_id: str, work: UnitOfWork) -> Running:
        course = await self._stores.courses.get(course_id)
        if course is None:
            raise Rejected("unknown-course", "There is no such course. `kindred sessions list` shows them.")
        programme = await programme_of(self._stores, course.programme_id)
        return await running_of(self._stores, programme, course, work.now)

    async def _sitting(self, course_id: str, number: int, work: UnitOfWork) -> tuple[Running, Sitting]:
        """A day that can still be changed. Raises Rejected."""
        run = await self._running(course_id, work)
        sitting = attending.sitting_of(run, number)
        must_be_open(sitting.first)
        if sitting.on < run.today:
            raise Rejected("already-over", "This day is over.")
        return run, sitting
