"""A cohort's calendar in outline in MongoDB: projections of `visits`, `cohort_events` and `enrolments`."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from services.scheduling.domain.visits.records import EnrolmentRecord, EventPart, EventRecord, VisitDate
from services.scheduling.planner.model import Dates
from services.scheduling.store.documents import STANDING
from services.scheduling.store.reading import Reading
from shared.mongo import ASCENDING, DESCENDING, Database

__all__ = ["MongoOutline"]

DATE = {"group_id": 1, "visit.host_school_id": 1, "on": 1, "state": 1}
WITHOUT_PEOPLE = {"people": 0}
COUNTED: list[dict[str, Any]] = [
    {"$set": {"invited": {"$size": "$event.attendees"}, "event.attendees": []}},
    {"$unset": ["people", "schools"]},
    {"$sort": {"on": 1, "_id": 1}},
]


class MongoOutline:
    """Port `Outline`."""

    def __init__(self, database: Database) -> None:
        self._visits = database["visits"]
        self._events = database["cohort_events"]
        self._enrolments = database["enrolments"]

    async def visits(self, cohort_id: str, first: dt.date) -> list[VisitDate]:
        """The days of a cohort's visits from a date on."""
        where = {"cohort_id": cohort_id, "on": {"$gte": first.isoformat()}}
        days: dict[str, dt.date] = {}
        return [
            VisitDate(
                each["_id"],
                each["group_id"],
                each["visit"]["host_school_id"],
                days.setdefault(each["on"], dt.date.fromisoformat(each["on"])),
                each["state"],
            )
            async for each in self._visits.find(where, projection=DATE)
        ]

    async def visits_a_day(self, cohort_id: str) -> tuple[dict[dt.date, int], Dates]:
        """How many visits that are not cancelled a cohort has on each day, and the days of those that are pinned."""
        where = {"cohort_id": cohort_id, "state": STANDING}
        day = {"_id": {"on": "$on", "pinned": "$pinned"}, "visits": {"$sum": 1}}
        counts, pinned = Counter[dt.date](), set[dt.date]()
        async for each in self._visits.aggregate([{"$match": where}, {"$group": day}]):
            on = dt.date.fromisoformat(each["_id"]["on"])
            counts[on] += each["visits"]
            if each["_id"].get("pinned"):
                pinned.add(on)
        return counts, frozenset(pinned)

    async def any_visit_on(self, cohort_id: str, day: dt.date) -> bool:
        """Whether a visit of the cohort that is not cancelled is on a day."""
        where = {"cohort_id": cohort_id, "on": day.isoformat(), "state": STANDING}
        return await self._visits.find_one(where, projection={"_id": 1}) is not None

    async def first_and_last(self, cohort_id: str) -> list[dt.date]:
        """The first and the last day of the cohort's visits that are not cancelled; none without visits."""
        where, found = {"cohort_id": cohort_id, "state": STANDING}, list[dt.date]()
        for way in (ASCENDING, DESCENDING):
            each = await self._visits.find_one(where, sort=[("on", way)], projection={"on": 1})
            found += [dt.date.fromisoformat(each["on"])] if each else []
        return found

    async def groups_on(self, cohort_id: str, days: Iterable[dt.date]) -> set[str]:
        """The groups of a cohort with a visit that is not cancelled on one of these days."""
        where = {"cohort_id": cohort_id, "on": {"$in": sorted(day.isoformat() for day in days)}, "state": STANDING}
        return {each["group_id"] async for each in self._visits.find(where, projection={"group_id": 1})}

    async def events(self, cohort_id: str) -> list[EventPart]:
        """All events of a cohort by date, part by part, without their people."""
        found = self._events.aggregate([{"$match": {"cohort_id": cohort_id}}, *COUNTED])
        return [EventPart(EventRecord.model_validate(each), each["invited"]) async for each in found]

    async def schools(self, programme_id: str, schools: Iterable[str]) -> list[EnrolmentRecord]:
        """The enrolments of these schools, without their people."""
        where, reading = {"programme_id": programme_id, "school_id": {"$in": list(schools)}}, Reading()
        found = self._enrolments.find(where, sort=[("_id", ASCENDING)], projection=WITHOUT_PEOPLE)
        return [reading.enrolment({**each, "people": []}) async for each in found]
