"""The query for the courses of a programme in a list: lean, since each school of a country may have some."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.ids import course_id
from services.scheduling.domain.overview.dated import Dated, whole
from services.scheduling.domain.sessions.records import Course
from services.scheduling.handlers.sessions.loading import called, programme_of
from services.scheduling.ports.stores import Stores
from shared.commands.courses_listed import BrowseCourses, CourseKind, CourseRow, CourseRows
from shared.template import Activity
from shared.template.kinds import AT_SCHOOL, SESSION

__all__ = ["CourseListing"]

Place = tuple[Activity, str, str, str]
"""A course of the template, whose it is, a school that names it, and what it is called after; blank: everybody's."""


class CourseListing:
    """Answers the query."""

    def __init__(self, stores: Stores, now: Callable[[], dt.datetime]) -> None:
        self._stores, self._now = stores, now

    async def browse(self, query: BrowseCourses) -> CourseRows:
        """A page of courses. Raises Rejected("unknown-programme")."""
        programme = await programme_of(self._stores, query.programme_id)
        declared, today = (
            [one for one in programme.template.activities if one.kind == SESSION],
            programme.today(self._now()),
        )
        held = [(of, *each) for of in declared for each in await called(self._stores, programme, of, today)]
        wanted = [one for one in held if _fits(one, query)]
        shown = wanted[query.offset : query.offset + query.limit]
        counts = Counter(of.key for of, *_ in held)
        return CourseRows(
            total=len(wanted),
            courses=tuple(await self._rows(programme, shown)),
            declared=tuple(
                CourseKind(activity=one.key, title=one.title, each_school=one.at == AT_SCHOOL, courses=counts[one.key])
                for one in declared
            ),
        )

    async def _rows(self, programme: EngineProgramme, shown: Iterable[Place]) -> list[CourseRow]:
        places = {course_id(programme.programme_id, one[0].key, one[1]): one for one in shown}
        kept = {key: await self._stores.courses.get(key) for key in places}
        days = defaultdict[str, list[Dated]](list)
        for one in whole(await self._stores.programme_dates.of_courses(list(places))):
            days[one.course_id].append(one)
        today = programme.today(self._now())
        return [_row(key, place, kept[key], days.get(key, ()), today) for key, place in places.items()]


def _fits(place: Place, query: BrowseCourses) -> bool:
    of, _, _, name = place
    return query.activity in {"", of.key} and query.search.strip().casefold() in name.casefold()


def _row(key: str, place: Place, course: Course | None, days: Iterable[Dated], today: dt.date) -> CourseRow:
    of, _, school_id, school = place
    standing = [one for one in days if one.state != "cancelled"]
    states: Mapping[str, int] = Counter(one.state for one in course.places) if course else {}
    coming = [one.on for one in standing if one.state != "held" and one.on >= today]
    coming += [one.on for one in course.planned] if course else []
    return CourseRow(
        course_id=key,
        activity=of.key,
        title=of.title,
        school_id=school_id,
        school=school,
        days=len(of.during) * of.each,
        planned=len(course.planned) if course else 0,
        published=sum(one.state != "held" for one in standing),
        held=sum(one.state == "held" for one in standing),
        next_on=min(coming, default=None),
        room=course.room if course and course.room is not None else of.venue.capacity if of.venue else None,
        open=sum(len(one.open) for one in course.places) if course else 0,
        **{state: states.get(state, 0) for state in ("taken", "asked", "waiting", "ended")},
    )
