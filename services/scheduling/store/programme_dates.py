"""All dates of a programme at once, in MongoDB: projections of `visits`, `cohort_events` and `arrangements`."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from services.scheduling.domain.overview.dated import Dated
from services.scheduling.domain.sessions.records import Course
from services.scheduling.store.documents import BOOKING, many
from shared.bus.handled import mark
from shared.mongo import Database, Document

__all__ = ["MongoProgrammeDates"]

OF = ("programme_id", "activity", "starts", "ends")
VISIT = {"on": 1, "state": 1, "people": 1, "schools": 1, "visit.host_school_id": 1} | {f"visit.{one}": 1 for one in OF}
EVENT = {
    "on": 1, "state": 1, "people": 1, "schools": 1, "course": 1, "number": 1, "decided.on": 1, "decided.why": 1,
    "cohort_id": 1, "duty": 1, "event.title": 1, "event.place": 1, "event.school_id": 1,
} | {f"event.{one}": 1 for one in OF}  # fmt: skip
AGREED = {
    "programme_id": 1, "activity": 1, "host_school_id": 1, "school_id": 1, "visits.visit_id": 1, "visits.number": 1,
    "visits.on": 1, "visits.starts": 1, "visits.ends": 1, "visits.state": 1, "visits.attendees.person_id": 1,
}  # fmt: skip


class MongoProgrammeDates:
    """Port `ProgrammeDates`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._visits = database["visits"]
        self._events = database["cohort_events"]
        self._arrangements = database["arrangements"]
        self._courses = database["courses"]

    async def of_programme(self, programme_id: str) -> list[Dated]:
        """Those of a programme, in whatever state and order."""
        return await self._found(
            {"visit.programme_id": programme_id}, {"event.programme_id": programme_id}, {"programme_id": programme_id}
        )

    async def elsewhere(self, programme_id: str, days: Collection[dt.date]) -> list[Dated]:
        """The published visits and events of other programmes on these days, and days agreed in them."""
        on: dict[str, Any] = {"$in": sorted(day.isoformat() for day in days)}
        other, published = {"$ne": programme_id}, {"on": on, "state": "published"}
        found = await self._found(
            {**published, "visit.programme_id": other}, {**published, "event.programme_id": other},
            {"programme_id": other, "visits": {"$elemMatch": published}},
        )  # fmt: skip
        return [one for one in found if one.on in days and one.state == "published"]

    async def of_people(self, people: Collection[str], first: dt.date, last: dt.date) -> list[Dated]:
        """The visits and events in calendars between these days to which these people are invited, none of a duty."""
        between = {"$gte": first.isoformat(), "$lte": last.isoformat()}
        where: Document = {"people": {"$in": sorted(people)}, "state": {"$in": list(BOOKING)}, "on": between}
        found = [_visit(each) async for each in self._visits.find(where, projection=VISIT)]
        events = self._events.find({**where, "duty": {"$in": [None, ""]}}, projection=EVENT)
        return found + [_event(each) async for each in events]

    async def planned(self, programme_id: str) -> list[Course]:
        """The courses of a programme of which days are planned that nobody is told of yet, by id."""
        return await many(self._courses, {"programme_id": programme_id, "planned.0": {"$exists": True}}, Course)

    async def version(self) -> object:
        """What differs once anything may have been saved that dates or their clashes depend on."""
        return await mark(self._database)

    async def of_courses(self, course_ids: Collection[str]) -> list[Dated]:
        """The days of these courses that are in calendars, or were."""
        found = self._events.find({"course": {"$in": list(course_ids)}}, projection=EVENT)
        return [_event(each) async for each in found]

    async def _found(self, visits: Document, events: Document, arrangements: Document) -> list[Dated]:
        found = [_visit(each) async for each in self._visits.find(visits, projection=VISIT)]
        found += [_event(each) async for each in self._events.find(events, projection=EVENT)]
        async for each in self._arrangements.find(arrangements, projection=AGREED):
            found += _agreed(each)
        return found


def _hours(of: Document) -> dict[str, Any]:
    return {"starts": dt.time.fromisoformat(of["starts"]), "ends": dt.time.fromisoformat(of["ends"])}


def _visit(each: Document) -> Dated:
    of = each["visit"]
    return Dated(
        kind="visit", programme_id=of["programme_id"], target_id=each["_id"], activity=of["activity"],
        on=dt.date.fromisoformat(each["on"]), state=each["state"], host_school_id=of["host_school_id"],
        schools=tuple(each["schools"]), people=tuple(each["people"]), **_hours(of),
    )  # fmt: skip


def _event(each: Document) -> Dated:
    of, course, decided = each["event"], each.get("course", ""), each.get("decided") or {}
    off = bool(decided) and decided.get("on") is None
    key = f"{course}/{each['number']}" if course else f"{each['cohort_id']}/{of['activity']}"
    key = "" if each.get("duty") else key
    return Dated(
        kind="session" if course else "event", programme_id=of["programme_id"], target_id=each["_id"],
        activity=of["activity"], on=dt.date.fromisoformat(decided.get("on") or each["on"]),
        state="cancelled" if off else each["state"], title=of["title"], place=of.get("place", ""),
        schools=tuple(each["schools"]), people=tuple(each["people"]), course_id=course, number=each.get("number", 0),
        school_id=of.get("school_id") or "", host_school_id=of.get("school_id") or "", part_of=key, **_hours(of),
    )  # fmt: skip


def _agreed(each: Document) -> Iterator[Dated]:
    for day in each.get("visits", ()):
        yield Dated(
            kind="agreed", programme_id=each["programme_id"], target_id=day["visit_id"], activity=each["activity"],
            on=dt.date.fromisoformat(day["on"]), state=day["state"], host_school_id=each["host_school_id"],
            schools=tuple(dict.fromkeys((each["host_school_id"], each["school_id"]))), number=day["number"],
            people=tuple(one["person_id"] for one in day["attendees"]), **_hours(day),
        )  # fmt: skip
