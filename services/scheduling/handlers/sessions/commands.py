"""Commands about courses of sessions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from services.scheduling.domain.decision import Decision
from services.scheduling.domain.sessions import attending, dating, places
from services.scheduling.domain.sessions.dating import Diary
from services.scheduling.domain.sessions.records import Course, Planned, Running, Sitting
from services.scheduling.domain.visits.event_decisions import must_be_open
from services.scheduling.domain.visits.records import EventDecision
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.handlers.loading.cohorts import programme_of as programme_record
from services.scheduling.handlers.sessions.loading import course_of, diary, programme_of, running, seats
from services.scheduling.handlers.sessions.room import CourseRoom
from services.scheduling.handlers.timers import reminders
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands import sessions as asks
from shared.commands.base import Done
from shared.errors import Rejected
from shared.template.days import day_of

__all__ = ["SessionCommands"]

WHY = "coordinator"
A_DAY = dt.timedelta(days=1)


class SessionCommands:
    """One method a command."""

    def __init__(self, stores: Stores, room: CourseRoom, events: CohortEvents) -> None:
        self._stores, self._room, self._events = stores, room, events

    async def plan(self, command: asks.PlanSessions, work: UnitOfWork) -> Done:
        """Find days for what has none: all of the course, or what a pause has cancelled."""
        run = await self._declared(command.programme_id, command.activity, work)
        windows = _windows(run)
        known = await self._diary(run, (windows[0][0], windows[-1][1]), work)
        every = dating.stretches(windows, run.activity.each, known, run.today + A_DAY)
        wanted = [one for one in every if _undated(run, one.number)]
        if not wanted:
            raise Rejected("already-published", "All days of this course are in calendars; `move` changes one.")
        fixed = [one.on for one in run.standing]
        days = dating.best_days(known, wanted, fixed, run.activity.apart_weeks, run.today + A_DAY)
        return await self._planned(run, days)

    async def set(self, command: asks.SetSessions, work: UnitOfWork) -> Done:
        """The days that the coordinator names."""
        run = await self._declared(command.programme_id, command.activity, work)
        numbers = [number for number in range(1, run.days + 1) if _undated(run, number)]
        days = sorted(set(command.days))
        if not numbers:
            raise Rejected("already-published", "All days of this course are in calendars; `move` changes one.")
        if len(days) != len(numbers):
            said = f"“{run.activity.title}” needs {len(numbers)} days; {len(days)} different ones were named."
            raise Rejected("session-count", said)
        known = await self._diary(run, (days[0], days[-1]), work)
        for day in days:
            dating.must_be_open(known, day, run.today + A_DAY, although=command.although)
        fixed = [one.on for one in run.standing]
        dating.must_be_apart([*days, *fixed], run.activity.apart_weeks)
        pairs = zip(numbers, days, strict=True)
        return await self._planned(run, [Planned(number=n, on=on, missing=known.missing(on)) for n, on in pairs])

    async def publish(self, command: asks.PublishSessions, work: UnitOfWork) -> Done:
        """Invite everybody who has a place, and ask those who tick dates first."""
        run = await self._declared(command.programme_id, command.activity, work)
        if not run.course.planned:
            raise Rejected("no-draft", "No days are planned: `kindred sessions plan` or `set` comes first.")
        if over := [one.on for one in run.course.planned if one.on <= run.today]:
            raise Rejected("date-passed", f"{in_words(over[0])} is not to come any more; plan again.")
        drafts = [await self._room.drafted(run, one.number) for one in run.course.planned]
        await self._stores.events.put(drafts)
        numbers = tuple(sorted({*run.course.numbers, *(one.number for one in drafts)}))
        course = run.course.model_copy(update={"planned": (), "numbers": numbers, "publishing": True})
        sittings = {**run.sittings, **{one.number: Sitting(one.number, (one,)) for one in drafts}}
        after = replace(run, course=course, sittings=sittings)
        coming = await seats(self._stores, run.programme, run.activity, run.today)
        decision = places.seated(after, coming)
        await self._room.keep(after, decision, work)
        taken = sum(one.state == "taken" for one in decision.record.places)
        asked = sum(one.state == "asked" for one in decision.record.places)
        said = f"{len(drafts)} days go into the calendars of {taken} people."
        said += f" {asked} are asked to tick the dates first." if asked else ""
        return Done(id=course.course_id, sentence=said)

    async def move(self, command: asks.MoveSession, work: UnitOfWork) -> Done:
        """Another date for a day, under the same UIDs."""
        run, sitting = await self._sitting(command.course_id, command.number, work)
        if command.on == sitting.on:
            raise Rejected("same-date", f"It is on {in_words(command.on)} already.")
        known = await self._diary(run, (command.on, command.on), work)
        dating.must_be_open(known, command.on, run.today + A_DAY, although=command.although)
        others = [one.on for one in run.standing if one.number != command.number]
        dating.must_be_apart([*others, command.on], run.activity.apart_weeks)
        await self._events.decide(sitting.first, EventDecision(on=command.on, why=WHY), work)
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

    async def limit(self, command: asks.LimitCourse, work: UnitOfWork) -> Done:
        """So many have room."""
        run = await self._declared(command.programme_id, command.activity, work)
        return await self._keep(run, places.limited(run, command.room), work)

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
        after = await running(self._stores, run.programme, run.activity, work.now)
        return await self._keep(after, Decision((found.course,), found.events, found.sentence), work)

    async def catch_up(self, command: asks.CatchUpSessions, work: UnitOfWork) -> Done:
        """Somebody has made up for what they missed."""
        run = await self._running(command.course_id, work)
        course, event = attending.caught_up(run, command.person_id, command.numbers, command.by)
        return await self._keep(run, Decision((course,), (event,), "Noted, thank you."), work)

    async def _keep(self, run: Running, decision: Decision[Course], work: UnitOfWork) -> Done:
        await self._room.keep(run, decision, work)
        return Done(id=run.course.course_id, sentence=decision.sentence)

    async def _declared(self, programme_id: str, activity: str, work: UnitOfWork) -> Running:
        programme = await programme_of(self._stores, programme_id)
        return await running(self._stores, programme, course_of(programme, activity), work.now)

    async def _running(self, course_id: str, work: UnitOfWork) -> Running:
        course = await self._stores.courses.get(course_id)
        if course is None:
            raise Rejected("unknown-course", "There is no such course. `kindred sessions list` shows them.")
        return await self._declared(course.programme_id, course.activity, work)

    async def _sitting(self, course_id: str, number: int, work: UnitOfWork) -> tuple[Running, Sitting]:
        """A day that can still be changed. Raises Rejected."""
        run = await self._running(course_id, work)
        sitting = attending.sitting_of(run, number)
        must_be_open(sitting.first)
        if sitting.on < run.today:
            raise Rejected("already-over", "This day is over.")
        return run, sitting

    async def _diary(self, run: Running, days: tuple[dt.date, dt.date], work: UnitOfWork) -> Diary:
        coming = await seats(self._stores, run.programme, run.activity, run.today)
        return await diary(self._stores, run.programme, coming, days, work.now)

    async def _planned(self, run: Running, days: Sequence[Planned]) -> Done:
        await self._stores.courses.put(run.course.model_copy(update={"planned": tuple(days)}))
        said = [in_words(one.on) + (f" ({len(one.missing)} cannot)" if one.missing else "") for one in days]
        return Done(id=run.course.course_id, sentence=f"Planned, nobody is told yet: {'; '.join(said)}.")


def _windows(run: Running) -> list[tuple[dt.date, dt.date]]:
    """The windows of the course, in the programme's own year, by its pauses."""
    programme, found = run.programme, []
    for key in run.activity.during:
        moment = programme.template.clock.moment(key)
        assert moment, "the template was checked"
        first, last = (
            day_of(text, programme.template, programme.year, programme.pauses) for text in (moment.opens, moment.closes)
        )
        assert first, "the template was checked"
        assert last, "the template was checked"
        found.append((first, last))
    return found


def _undated(run: Running, number: int) -> bool:
    """Whether a day is in no calendar: it never was, or a pause has cancelled it."""
    sitting = run.sittings.get(number)
    return sitting is None or (not sitting.standing and sitting.first.paused)
