"""The query for all dates of a programme: a page of them, and where those to come clash.

Whether any clash can be said only of all of them together. That is kept until something may have changed.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.overview.clashes import Clashing, clashes
from services.scheduling.domain.overview.dated import Dated, whole
from services.scheduling.domain.overview.school_days import SchoolDays
from services.scheduling.domain.sessions.records import Course
from services.scheduling.domain.visits.records import EnrolmentRecord
from services.scheduling.ports.stores import Stores
from shared.commands.programme_dates import (
    ClashRule,
    DateClash,
    DateOfProgramme,
    ListProgrammeDates,
    ProgrammeDateRows,
)
from shared.errors import Rejected
from shared.template import Activity

__all__ = ["ProgrammeDateQueries"]

NAMED = 60
"""Schools and people whose ids a row holds."""
FIRST_CLASHES = 20
FIRST_SCHOOLS = 6
KEPT = 4
"""Programmes of which the last look is kept."""
WORDS: Mapping[ClashRule, str] = {
    "closed": "Closed that day", "no-term": "No school by the term dates", "bank-holiday": "A bank holiday",
    "examinations": "Tests or examinations",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows say names with: titles of activities, and schools."""

    activities: Mapping[str, Activity]
    schools: Mapping[str, EnrolmentRecord]

    def title(self, one: Dated) -> str:
        own = self.activities.get(one.activity)
        return one.title or (own.title.rstrip(".") if own else one.activity.replace("-", " ").capitalize())

    def school(self, school_id: str) -> str:
        known = self.schools.get(school_id)
        return known.name if known else ""


@dataclass(frozen=True, slots=True)
class _Looked:
    """All dates of a programme in order as they stand today, and which of them clash."""

    today: dt.date
    dates: Sequence[Dated]
    known: _Known
    found: Mapping[str, tuple[Clashing, ...]]


class ProgrammeDateQueries:
    """Answers the query; nothing is saved. The last look at each of a few programmes is kept."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._kept = dict[str, tuple[object, _Looked]]()

    async def show(self, query: ListProgrammeDates) -> ProgrammeDateRows:
        """A page of dates in order. Raises Rejected("unknown-programme")."""
        looked = await self._looked(query.programme_id)
        today, dates, known, found = looked.today, looked.dates, looked.known, looked.found
        chosen = [one for one in dates if _wanted(one, query) and (not query.clashing or one.key in found)]
        shown = chosen[query.offset : query.offset + query.limit]
        first = [one for one in dates if one.key in found][:FIRST_CLASHES]
        said = await self._stores.answers.latest_of({one.target_id for one in shown if one.open(today)})
        declined = {key: sum(one.answer == "declined" for one in each.values()) for key, each in said.items()}
        return ProgrammeDateRows(
            total=len(chosen),
            dates=tuple(_row(one, query, known, found.get(one.key, ()), declined) for one in shown),
            clashing=len(found),
            first_clashes=tuple(_row(one, query, known, found[one.key], declined) for one in first),
        )

    async def _looked(self, programme_id: str) -> _Looked:
        """All dates and their clashes: those of the last look, where nothing can have changed since."""
        version = await self._stores.programme_dates.version()
        today, activities = await self._programme(programme_id)
        before = self._kept.pop(programme_id, None)
        if before is not None and before[0] == (version, today):
            self._kept[programme_id] = before
            return before[1]
        dates = whole(
            [
                *await self._stores.programme_dates.of_programme(programme_id),
                *await self._planned(programme_id, activities),
            ]
        )
        looked = _Looked(today, dates, *await self._clashes(programme_id, dates, activities, today))
        self._kept[programme_id] = (version, today), looked
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return looked

    async def _programme(self, programme_id: str) -> tuple[dt.date, Mapping[str, Activity]]:
        """The day that it is for its people, and the activities of its template where that says everything."""
        now = self._stores.now()
        engine = await self._stores.engine.programme(programme_id)
        if engine is not None:
            return engine.today(now), {one.key: one for one in engine.template.activities}
        record = await self._stores.programmes.programme(programme_id)
        if record is None:
            raise Rejected("unknown-programme", f"There is no programme '{programme_id[:60]}'.")
        return local_date(now, record.terms.timezone), {}

    async def _planned(self, programme_id: str, activities: Mapping[str, Activity]) -> list[Dated]:
        """The days of courses that nobody is told of yet."""
        courses = await self._stores.programme_dates.planned(programme_id)
        return [
            one for each in courses if (of := activities.get(each.activity)) is not None for one in _of_course(each, of)
        ]

    async def _clashes(
        self, programme_id: str, dates: Sequence[Dated], activities: Mapping[str, Activity], today: dt.date
    ) -> tuple[_Known, dict[str, tuple[Clashing, ...]]]:
        stores, coming = self._stores, [one for one in dates if one.open(today)]
        ids = {each for one in dates for each in (*one.schools, one.host_school_id, one.school_id) if each}
        schools = await stores.outline.schools(programme_id, ids)
        concerned = {each for one in coming for each in one.closing}
        calendars = await stores.calendars.in_force(
            {one.authority_code for one in schools if one.school_id in concerned}
        )
        closures = await stores.days_off.closures(sorted(concerned))
        elsewhere = await stores.programme_dates.elsewhere(programme_id, {one.on for one in coming})
        found = clashes(dates, elsewhere, SchoolDays(schools, calendars, closures), today)
        return _Known(activities, {one.school_id: one for one in schools}), found


def _of_course(course: Course, of: Activity) -> Iterable[Dated]:
    days = len(of.during) * of.each
    for one in course.planned:
        coming = [place for place in course.places if place.comes_to(one.number)]
        schools = {place.school_id for place in coming if place.school_id} | {course.school_id} - {""}
        yield Dated(
            kind="session", programme_id=course.programme_id, target_id="", activity=course.activity, on=one.on,
            starts=of.starts or dt.time(), ends=of.ends or dt.time(), state="draft", host_school_id=course.school_id,
            title=f"{of.title.rstrip('.')} ({one.number} of {days})", schools=tuple(sorted(schools)),
            people=tuple(place.person_id for place in coming), course_id=course.course_id, number=one.number,
            school_id=course.school_id,
        )  # fmt: skip


def _wanted(one: Dated, query: ListProgrammeDates) -> bool:
    return (
        (query.first is None or one.on >= query.first)
        and (query.last is None or one.on <= query.last)
        and query.kind in {None, one.kind}
        and (one.state == query.state if query.state else one.state != "cancelled")
        and (not query.school_ids or not set(query.school_ids).isdisjoint((*one.schools, one.host_school_id)))
        and (not query.person_ids or not set(query.person_ids).isdisjoint(one.people))
    )


def _row(
    one: Dated, query: ListProgrammeDates, known: _Known, found: Iterable[Clashing], declined: Mapping[str, int]
) -> DateOfProgramme:
    schools = [each for each in (*one.schools, one.host_school_id) if each in query.school_ids] or one.schools[:NAMED]
    people = [each for each in one.people if each in query.person_ids] or one.people[:NAMED]
    return DateOfProgramme(
        kind=one.kind, target_id=one.target_id, activity=one.activity, title=known.title(one), on=one.on,
        starts=one.starts, ends=one.ends, state=one.state, host_school_id=one.host_school_id,
        host=known.school(one.host_school_id), place=one.place, course_id=one.course_id, number=one.number,
        school_id=one.school_id, people=len(one.people), schools=len(one.schools),
        declined=declined.get(one.target_id, 0), school_ids=tuple(dict.fromkeys(schools)), person_ids=tuple(people),
        clashes=tuple(_clash(each, known) for each in found),
    )  # fmt: skip


def _clash(one: Clashing, known: _Known) -> DateClash:
    if one.other is None:
        names = sorted(filter(None, (known.school(each) for each in one.schools)))
        return DateClash(
            rule=one.rule, sentence=WORDS[one.rule], schools=tuple(names[:FIRST_SCHOOLS]), in_all=len(one.schools)
        )
    at = f"{one.other.starts:%H:%M} to {one.other.ends:%H:%M}"
    where = known.school(one.other.host_school_id)
    other = f"{known.title(one.other)}{f' at {where}' if where else ''}"
    return DateClash(
        rule=one.rule, sentence=f"To be at {other} as well, {at}", person_ids=one.people[:NAMED],
        other_id=one.other.key, in_all=len(one.people),
    )  # fmt: skip
