"""Commands that find or fix the days of courses, put them into calendars, and say how many have room.

Where each school has a course of its own, one command does it for all of them, or for the one that it names.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.scheduling.domain.sessions import dating, places
from services.scheduling.domain.sessions.dating import Apart, Diary
from services.scheduling.domain.sessions.places import Seat
from services.scheduling.domain.sessions.records import Place, Planned, Running, Sitting
from services.scheduling.handlers.sessions.loading import (
    course_of,
    diary,
    owner_of,
    owners,
    programme_of,
    running,
    running_of,
    seats,
)
from services.scheduling.handlers.sessions.room import CourseRoom
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands import sessions as asks
from shared.commands.base import Done
from shared.errors import Rejected
from shared.template.days import day_of

__all__ = ["SessionPlanning", "apart", "the_one"]

A_DAY = dt.timedelta(days=1)
IN_CALENDARS = Rejected("already-published", "All days of this course are in calendars; `move` changes one.")

OTHER_DAYS = Rejected(
    "changed-meanwhile",
    "Other days have been planned since you looked, and nobody was told now. Look at them, and publish then.",
)


class SessionPlanning:
    """One method a command."""

    def __init__(self, stores: Stores, room: CourseRoom) -> None:
        self._stores, self._room = stores, room

    async def plan(self, command: asks.PlanSessions, work: UnitOfWork) -> Done:
        """Find days for what has none: all of the course, or what a pause has cancelled."""
        runs = [run for run in await self._runs(command, work) if _undated(run)]
        if not runs:
            raise IN_CALENDARS
        taken, at_schools = await self._planned_elsewhere(runs, work), bool(runs[0].course.school_id)
        found, failed = dict[str, Sequence[Planned]](), list[str]()
        for run in runs:
            coming = await seats(self._stores, run)
            try:
                days = await self._best(run, coming, taken, work)
            except Rejected as refused:
                if len(runs) == 1:
                    raise
                failed.append(f"{run.school or 'Everybody else'}: {refused.sentence}")
                continue
            found[run.school] = await self._keep(run, days)
            for one in coming:
                taken[one.person_id] |= {day.on for day in days}
        return Done(id=runs[0].course.course_id, sentence=" ".join([_said(found, at_schools=at_schools), *failed]))

    async def fix(self, command: asks.SetSessions, work: UnitOfWork) -> Done:
        """The days that the coordinator names."""
        run = the_one(await self._runs(command, work))
        numbers, days = _undated(run), sorted(set(command.days))
        if not numbers:
            raise IN_CALENDARS
        if len(days) != len(numbers):
            said = f"“{run.activity.title}” needs {_days(len(numbers))}; {len(days)} different ones were named."
            raise Rejected("session-count", said)
        fixed = [one.on for one in run.standing]
        every = sorted([*days, *fixed])
        known = await diary(self._stores, run, await seats(self._stores, run), (every[0], every[-1]), work.now)
        aside = {
            day: dating.must_be_open(known, day, run.today + A_DAY, although=command.although, because=command.because)
            for day in days
        }
        dating.must_be_apart(known, every, apart(run))
        pairs = zip(numbers, days, strict=True)
        planned = await self._keep(
            run, [Planned(number=n, on=on, missing=known.missing(on), said=aside[on]) for n, on in pairs]
        )
        return Done(id=run.course.course_id, sentence=_said({run.school: planned}))

    async def publish(self, command: asks.PublishSessions, work: UnitOfWork) -> Done:
        """Invite everybody who has a place, and ask those who tick dates first."""
        runs = [run for run in await self._runs(command, work) if run.course.planned]
        if not runs:
            raise Rejected("no-draft", "No days are planned: `kindred sessions plan` or `set` comes first.")
        planned = sorted(one.on for run in runs for one in run.course.planned)
        if command.days not in {(), tuple(planned)} or command.count not in {None, len(planned)}:
            raise OTHER_DAYS
        if over := [one.on for run in runs for one in run.course.planned if one.on <= run.today]:
            raise Rejected("date-passed", f"{in_words(over[0])} is not to come any more; plan again.")
        dates, comes, asked = 0, set[str](), set[str]()
        for run in runs:
            every = await self._publish(run, work)
            dates += len(run.course.planned)
            comes |= {one.person_id for one in every if one.state == "taken"}
            asked |= {one.person_id for one in every if one.state == "asked"}
        said = f"{_days(dates)} {'goes' if dates == 1 else 'go'} into the calendars of {len(comes)} people."
        first = "may sign up" if runs[0].activity.sign_up else "are asked to tick the dates first"
        said += f" {len(asked)} {first}." if asked else ""
        return Done(id=runs[0].course.course_id, sentence=said)

    async def limit(self, command: asks.LimitCourse, work: UnitOfWork) -> Done:
        """So many have room."""
        run = the_one(await self._runs(command, work))
        decision = places.limited(run, command.room)
        await self._room.keep(run, decision, work)
        return Done(id=run.course.course_id, sentence=decision.sentence)

    async def _publish(self, run: Running, work: UnitOfWork) -> Sequence[Place]:
        """One course; the places in it then."""
        drafts = [await self._room.drafted(run, one.number) for one in run.course.planned]
        await self._stores.events.put(drafts)
        numbers = tuple(sorted({*run.course.numbers, *(one.number for one in drafts)}))
        course = run.course.model_copy(update={"planned": (), "numbers": numbers, "publishing": True})
        sittings = {**run.sittings, **{one.number: Sitting(one.number, (one,)) for one in drafts}}
        after = replace(run, course=course, sittings=sittings)
        decision = places.seated(after, await seats(self._stores, run))
        await self._room.keep(after, decision, work)
        return decision.record.places

    async def _runs(self, command: asks.OfCourse, work: UnitOfWork) -> list[Running]:
        """The course that is meant, or those of all schools. Raises Rejected."""
        programme = await programme_of(self._stores, command.programme_id)
        activity = course_of(programme, command.activity)
        today = programme.today(work.now)
        if command.school_id:
            named = [await owner_of(self._stores, programme, activity, command.school_id, today)]
        else:
            named = await owners(self._stores, programme, activity, today)
        return [await running(self._stores, programme, activity, work.now, one) for one in named]

    async def _planned_elsewhere(self, runs: Sequence[Running], work: UnitOfWork) -> dict[str, set[dt.date]]:
        """Person -> the days on which another course of the programme is planned, of which nobody is told yet."""
        found, own = defaultdict[str, set[dt.date]](set), {run.course.course_id for run in runs}
        programme = runs[0].programme
        for course in await self._stores.courses.of_programme(programme.programme_id):
            if course.planned and course.course_id not in own:
                run = await running_of(self._stores, programme, course, work.now)
                for one in await seats(self._stores, run):
                    found[one.person_id] |= {day.on for day in course.planned}
        return found

    async def _best(
        self, run: Running, coming: Sequence[Seat], taken: Mapping[str, set[dt.date]], work: UnitOfWork
    ) -> tuple[Planned, ...]:
        windows, fixed = _windows(run), [one.on for one in run.standing]
        span = (min([windows[0][0], *fixed]), max([windows[-1][1], *fixed]))
        known = _without(await diary(self._stores, run, coming, span, work.now), taken)
        every = dating.stretches(windows, run.activity.each, known, run.today + A_DAY)
        wanted = [one for one in every if one.number in _undated(run)]
        return dating.best_days(known, wanted, fixed, apart(run), run.today + A_DAY)

    async def _keep(self, run: Running, days: Sequence[Planned]) -> Sequence[Planned]:
        await self._stores.courses.put(run.course.model_copy(update={"planned": tuple(days)}))
        return days


def the_one(runs: Sequence[Running]) -> Running:
    """The course where there is one. Raises Rejected where each school has its own and none was named."""
    if len(runs) != 1:
        whose = "Each school has its own dates" if runs and runs[0].course.school_id else "Schools have dates apart"
        said = f"{whose} of “{runs[0].activity.title}”: say which." if runs else "No school has it."
        raise Rejected("school-needed", said)
    return runs[0]


def apart(run: Running) -> Apart:
    """How far the days of a course lie from each other."""
    return Apart(run.activity.apart_weeks, run.activity.apart_school_weeks or 0)


def _without(known: Diary, taken: Mapping[str, set[dt.date]]) -> Diary:
    """The diary once people are elsewhere on these days, too."""
    people = {one: days & ~known.horizon.mask(taken.get(one, ())) for one, days in known.people.items()}
    return replace(known, people=people)


def _said(found: Mapping[str, Sequence[Planned]], *, at_schools: bool = True) -> str:
    if len(found) == 1:
        (days,) = found.values()
        said = [in_words(one.on) + (f" ({len(one.missing)} cannot)" if one.missing else "") for one in days]
        return f"Planned, nobody is told yet: {'; '.join(said)}."
    every = [day for days in found.values() for day in days]
    lacking = sum(bool(day.missing) for day in every)
    short = f" On {lacking} of them somebody cannot come." if lacking else ""
    where = f"at {len(found)} schools" if at_schools else f"{len(found)} times, for schools apart"
    return f"Planned {where}, nobody is told yet: {len(every)} days.{short}"


def _undated(run: Running) -> list[int]:
    """The days that are in no calendar: they never were, or a pause has cancelled them."""
    known = {number: run.sittings.get(number) for number in range(1, run.days + 1)}
    return [number for number, one in known.items() if one is None or (not one.standing and one.first.paused)]


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


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
