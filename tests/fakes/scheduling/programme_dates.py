"""All dates of a programme at once, in memory."""

import datetime as dt
from collections.abc import Collection, Iterator

from services.scheduling.domain.agreed.records import Arrangement
from services.scheduling.domain.overview.dated import Dated
from services.scheduling.domain.sessions.records import Course
from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from tests.fakes.memory import Memory
from tests.fakes.scheduling.found import BOOKING, by_key, schools_of


class MemoryProgrammeDates:
    def __init__(self, memory: Memory) -> None:
        self._visits, self._events, self._arrangements = memory["visits"], memory["events"], memory["arrangements"]
        self._courses = memory["courses"]

    async def of_programme(self, programme_id: str) -> list[Dated]:
        return [one for one in self._every() if one.programme_id == programme_id]

    async def elsewhere(self, programme_id: str, days: Collection[dt.date]) -> list[Dated]:
        others = (one for one in self._every() if one.programme_id != programme_id)
        return [one for one in others if one.on in days and one.state == "published"]

    async def of_people(self, people: Collection[str], first: dt.date, last: dt.date) -> list[Dated]:
        visits = [_visit(one) for one in self._visits.values() if one.state in BOOKING]
        events = [_event(one) for one in self._events.values() if one.state in BOOKING and not one.duty]
        return [one for one in (*visits, *events) if first <= one.on <= last and not {*people}.isdisjoint(one.people)]

    async def planned(self, programme_id: str) -> list[Course]:
        return [one for one in by_key(self._courses) if one.programme_id == programme_id and one.planned]

    async def version(self) -> object:
        return object()

    async def of_courses(self, course_ids: Collection[str]) -> list[Dated]:
        return [_event(one) for one in self._events.values() if one.course and one.course in course_ids]

    def _every(self) -> Iterator[Dated]:
        yield from map(_visit, self._visits.values())
        yield from map(_event, self._events.values())
        for each in self._arrangements.values():
            yield from _agreed(each)


def _visit(record: VisitRecord) -> Dated:
    of = record.visit
    return Dated(
        kind="visit", programme_id=of.programme_id, target_id=of.visit_id, activity=of.activity, on=of.on,
        starts=of.starts, ends=of.ends, state=record.state, host_school_id=of.host_school_id,
        schools=tuple(sorted(schools_of(record))), people=record.invited,
    )  # fmt: skip


def _event(record: EventRecord) -> Dated:
    of = record.event
    return Dated(
        kind="session" if record.course else "event", programme_id=of.programme_id, target_id=of.event_id,
        activity=of.activity, on=record.takes_place_on or of.on, starts=of.starts, ends=of.ends,
        state=record.state if record.takes_place_on else "cancelled", title=of.title, place=of.place,
        host_school_id=of.school_id or "", schools=tuple(sorted(schools_of(record))), people=record.invited,
        course_id=record.course, number=record.number, school_id=of.school_id or "",
        part_of=_whole_of(record),
    )  # fmt: skip


def _whole_of(record: EventRecord) -> str:
    if record.duty:
        return ""
    return f"{record.course}/{record.number}" if record.course else f"{record.event.cohort_id}/{record.event.activity}"


def _agreed(record: Arrangement) -> Iterator[Dated]:
    for day in record.visits:
        yield Dated(
            kind="agreed", programme_id=record.programme_id, target_id=day.visit_id, activity=record.activity,
            on=day.on, starts=day.starts, ends=day.ends, state=day.state, host_school_id=record.host_school_id,
            schools=tuple(dict.fromkeys((record.host_school_id, record.school_id))), people=day.people,
            number=day.number,
        )  # fmt: skip
