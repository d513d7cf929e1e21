"""Queries about courses of sessions."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from typing import get_args

from services.scheduling.domain.sessions.dating import Diary, closed_on
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
from services.scheduling.handlers.sessions.planning import the_one
from services.scheduling.ports.stores import Stores
from shared.commands import sessions as asks
from shared.errors import Rejected
from shared.roster import category_on
from shared.template.kinds import SESSION

__all__ = ["SessionQueries"]

_STATES: tuple[asks.PlaceState, ...] = ("taken", "asked", "waiting", "ended")
UNKNOWN = Rejected("unknown-place", "There is no such place in a course.")


class SessionQueries:
    """One method a query."""

    def __init__(self, stores: Stores, now: Callable[[], dt.datetime]) -> None:
        self._stores, self._now = stores, now

    async def list(self, query: asks.ListCourses) -> asks.Courses:
        """All courses of a programme."""
        programme = await programme_of(self._stores, query.programme_id)
        declared = [one for one in programme.template.activities if one.kind == SESSION]
        found = [
            await self._course(await running(self._stores, programme, one, self._now(), school))
            for one in declared
            for school in await owners(self._stores, programme, one, programme.today(self._now()))
        ]
        return asks.Courses(courses=tuple(found))

    async def show(self, query: asks.ShowCourse) -> asks.CourseDetail:
        """One course."""
        programme = await programme_of(self._stores, query.programme_id)
        of = course_of(programme, query.activity)
        today = programme.today(self._now())
        if query.school_id:
            schools = [await owner_of(self._stores, programme, of, query.school_id, today)]
        else:
            schools = await owners(self._stores, programme, of, today)
        run = the_one([await running(self._stores, programme, of, self._now(), one) for one in schools])
        return await self._course(run, query)

    async def place(self, query: asks.ShowCoursePlace) -> asks.CoursePlaceDetail:
        """Somebody's place."""
        course = await self._stores.courses.with_place(query.place_id)
        if course is None:
            raise UNKNOWN
        run = await running_of(self._stores, await programme_of(self._stores, course.programme_id), course, self._now())
        place = next(one for one in run.course.places if one.place_id == query.place_id)
        shown = _detail(run, place, await self._names(course.programme_id))
        themes = await self._themes(run, place)
        dates = (one.model_copy(update={"theme": themes.get(one.number, "")}) for one in shown.sessions)
        return shown.model_copy(update={"sessions": tuple(dates)})

    async def open(self, query: asks.ListCoursesOpen) -> asks.CoursesOpen:
        """The courses for which somebody may sign up."""
        programme, found = await programme_of(self._stores, query.programme_id), []
        names = await self._names(query.programme_id)
        declared = {one.key for one in programme.template.activities if one.kind == SESSION and one.sign_up}
        for course in await self._stores.courses.of_programme(query.programme_id):
            place = course.place(query.person_id)
            if place is not None and place.state != "ended" and course.activity in declared:
                run = await running_of(self._stores, programme, course, self._now())
                if run.to_come:
                    found.append(_detail(run, place, names))
        return asks.CoursesOpen(courses=tuple(found))

    async def session(self, query: asks.ShowSession) -> asks.SessionDetail:
        """A day, with everybody who was invited."""
        record = await self._stores.events.event(query.event_id)
        if not record.course:
            raise Rejected("unknown-session", "This is no day of a course.")
        course = await self._stores.courses.get(record.course)
        if course is None:
            raise Rejected("unknown-session", "There is no such course any more.")
        run = await running_of(self._stores, await programme_of(self._stores, course.programme_id), course, self._now())
        sitting = run.sittings[record.number]
        names = await self._names(record.event.programme_id)
        came = run.course.came(record.number)
        was: dict[str, asks.Was] = {}
        if came:
            for how in get_args(asks.Was):
                was |= dict.fromkeys(getattr(came, how), how)
        by_person = {one.person_id: one for one in run.course.places}
        guests = tuple(
            asks.SessionGuest(
                person_id=one.person_id,
                role=one.role,
                school=names.get(one.school_id or "", ""),
                every_date=one.person_id in by_person and run.every_date(by_person[one.person_id].who),
                was=was.get(one.person_id, ""),
            )
            for part in sitting.parts
            for one in part.event.attendees
        )
        return asks.SessionDetail(
            course_id=run.course.course_id,
            programme_id=record.event.programme_id,
            activity=run.activity.key,
            title=record.event.title,
            number=record.number,
            on=sitting.on,
            state=_state(run, sitting),
            leaders=run.leaders,
            guests=guests,
        )

    async def _themes(self, run: Running, place: Place) -> dict[int, str]:
        """Number of a day -> what it is about for the place's school, by the category that the school is in now."""
        if not run.activity.routes or place.school_id is None:
            return {}
        template, programme_id = run.programme.template, run.programme.programme_id
        standings = await self._stores.roster.school_standings(programme_id)
        standing = next((one for one in standings if one.school_id == place.school_id), None)
        route = run.activity.route(category_on(standing, run.today, template))
        if route is None:
            return {}
        titles = {entry.key: entry.title for entry in template.entries(route.of)}
        each = run.activity.each
        return {number: titles[route.themes[(number - 1) // each]] for number in range(1, run.days + 1)}

    async def _course(self, run: Running, query: asks.ShowCourse | None = None) -> asks.CourseDetail:
        names = await self._names(run.programme.programme_id)
        fits = [one for one in run.course.places if query is None or _wanted(one, query)]
        fits.sort(key=lambda one: (_STATES.index(one.state), names.get(one.school_id or "", ""), one.person_id))
        shown = fits[query.offset : query.offset + query.limit] if query else fits
        every = [one.on for one in run.standing] + [one.on for one in run.course.planned]
        coming = await seats(self._stores, run)
        span = (min(every), max(every)) if every else None
        known = await diary(self._stores, run, coming, span, self._now()) if span else None
        planned = [_planned(run, one, known) for one in run.course.planned]
        dated = [_session(run, one, known) for one in run.sittings.values()]
        rows = {one.number: one for one in (*dated, *planned)}
        return asks.CourseDetail(
            course_id=run.course.course_id,
            programme_id=run.programme.programme_id,
            activity=run.activity.key,
            title=run.activity.title,
            days=run.days,
            school_id=run.named,
            school=run.school,
            signs_up=run.activity.sign_up,
            picking=run.activity.picking,
            capacity=run.room,
            named=len(coming),
            leaders=run.leaders,
            sessions=tuple(sorted(rows.values(), key=lambda one: (one.on, one.number))),
            places=tuple(_place(run, one, names) for one in shown),
            by_state=dict(Counter(one.state for one in run.course.places)),
            total=len(fits),
        )

    async def _names(self, programme_id: str) -> Mapping[str, str]:
        return {one.school_id: one.name for one in await self._stores.engine.all_schools(programme_id)}


def _wanted(one: Place, query: asks.ShowCourse) -> bool:
    return (
        query.place_state in {None, one.state}
        and query.place_id in {"", one.place_id}
        and (not query.concerning or not {one.person_id, one.school_id}.isdisjoint(query.concerning))
    )


def _detail(run: Running, place: Place, names: Mapping[str, str]) -> asks.CoursePlaceDetail:
    taken = sum(one.state == "taken" for one in run.course.places)
    return asks.CoursePlaceDetail(
        course_id=run.course.course_id,
        programme_id=run.programme.programme_id,
        activity=run.activity.key,
        title=run.activity.title,
        purpose=run.activity.purpose,
        every_date=run.every_date(place.who),
        whole=not run.activity.picking,
        signs_up=run.activity.sign_up,
        free=None if run.room is None else max(0, run.room - taken),
        catching_up=run.catches_up(place.who),
        place=_place(run, place, names),
        sessions=tuple(_session(run, one) for one in run.standing),
    )


def _planned(run: Running, day: Planned, known: Diary | None) -> asks.SessionRow:
    return asks.SessionRow(
        number=day.number,
        on=day.on,
        starts=run.activity.starts or dt.time(),
        ends=run.activity.ends or dt.time(),
        state="planned",
        missing=day.missing,
        closed=closed_on(known, day.on) if known else (),
    )


def _session(run: Running, sitting: Sitting, known: Diary | None = None) -> asks.SessionRow:
    event, came = sitting.first.event, run.course.came(sitting.number)
    to_come = sitting.standing and not sitting.held and sitting.on >= run.today
    return asks.SessionRow(
        number=sitting.number,
        on=sitting.on,
        starts=event.starts,
        ends=event.ends,
        place=event.place,
        state=_state(run, sitting),
        event_id=event.event_id,
        invited=sum(len(one.event.attendees) for one in sitting.parts),
        present=len(came.present) if came else 0,
        closed=closed_on(known, sitting.on) if known and to_come else (),
    )


def _state(run: Running, sitting: Sitting) -> asks.SessionState:
    if not sitting.standing:
        return "cancelled"
    if sitting.held:
        return "held"
    if sitting.first.state == "draft":
        return "planned"
    return "over" if sitting.on < run.today else "published"


def _place(run: Running, place: Place, names: Mapping[str, str]) -> asks.CoursePlaceRow:
    return asks.CoursePlaceRow(
        **place.model_dump(include={"place_id", "person_id", "who", "role", "school_id", "state", "why", "numbers"}),
        school=names.get(place.school_id or "", ""),
        came=tuple(one.number for one in run.course.attended if place.person_id in one.present),
        missed=place.open,
        caught_up=tuple(one.number for one in place.caught_up),
    )
