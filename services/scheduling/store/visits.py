"""Visits and cohort events in MongoDB.

A published visit books a day of its host, of its facilitator and of everybody who attends: `booked` holds `<id>|<date>`
for each, and a unique index refuses a second booking, whoever races. Saving visits that people know of also counts a
turn of their group, so that of two changes of one group at a time the second sees the first (spacing needs both).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.scheduling.domain.model import CohortEvent
from services.scheduling.domain.records import EventRecord, Led, VisitRecord
from shared.errors import Rejected, Retryable
from shared.mongo import ASCENDING, Database, Document, ReplaceOne, UpdateOne, is_duplicate_key

__all__ = ["MongoVisits"]

BOOKING = ("published", "held")
STANDING = {"$in": ["draft", "published", "held"]}
BY_DATE = [("on", ASCENDING), ("_id", ASCENDING)]


class MongoVisits:
    """Port `Visits`."""

    def __init__(self, database: Database) -> None:
        self._visits = database["visits"]
        self._events = database["cohort_events"]
        self._turns = database["group_turns"]

    async def visit(self, visit_id: str) -> VisitRecord:
        """A visit. Raises Rejected("unknown-visit")."""
        found = await self._visits.find_one({"_id": visit_id})
        if found is None:
            raise Rejected("unknown-visit", f"There is no visit '{visit_id[:60]}'.")
        return VisitRecord.model_validate(found)

    async def event(self, event_id: str) -> EventRecord:
        """A cohort event. Raises Rejected("unknown-event")."""
        found = await self._events.find_one({"_id": event_id})
        if found is None:
            raise Rejected("unknown-event", f"There is no cohort event '{event_id[:60]}'.")
        return EventRecord.model_validate(found)

    async def of_cohort(self, cohort_id: str) -> list[VisitRecord]:
        """All visits of a cohort by date."""
        found = self._visits.find({"cohort_id": cohort_id}, sort=BY_DATE)
        return [VisitRecord.model_validate(document) async for document in found]

    async def of_groups(self, group_ids: Iterable[str]) -> list[VisitRecord]:
        """All visits of these groups by date."""
        found = self._visits.find({"group_id": {"$in": list(group_ids)}}, sort=BY_DATE)
        return [VisitRecord.model_validate(document) async for document in found]

    async def led(self, facilitators: Iterable[str], cohort_id: str) -> list[Led]:
        """The days on which these facilitators lead visits of a cohort that are not cancelled."""
        where = {"visit.facilitator_id": {"$in": list(facilitators)}, "cohort_id": cohort_id, "state": STANDING}
        fields = {"_id": 0, "visit.facilitator_id": 1, "group_id": 1, "on": 1}
        return [
            Led(each["visit"]["facilitator_id"], each["group_id"], dt.date.fromisoformat(each["on"]))
            async for each in self._visits.find(where, projection=fields)
        ]

    async def event_dates(self, cohort_id: str) -> tuple[CohortEvent, ...]:
        """The days of the cohort's events that take place, without their people."""
        fields = {"_id": 0, "event.activity": 1, "on": 1}
        found = self._events.find({"cohort_id": cohort_id, "state": STANDING}, projection=fields, sort=BY_DATE)
        return tuple(
            [CohortEvent(each["event"]["activity"], dt.date.fromisoformat(each["on"])) async for each in found]
        )

    async def events_of(self, cohort_id: str) -> list[EventRecord]:
        """All cohort events by date."""
        found = self._events.find({"cohort_id": cohort_id}, sort=BY_DATE)
        return [EventRecord.model_validate(document) async for document in found]

    async def listed(
        self, where: Mapping[str, str], *, drafts: bool, limit: int, offset: int
    ) -> tuple[int, list[VisitRecord]]:
        """How many visits match (cohort_id, group_id, person_id, school_id), and a page of them by date."""
        matching = _matching(where, drafts=drafts)
        found = self._visits.find(matching, sort=BY_DATE, limit=limit, skip=offset)
        return await self._visits.count(matching), [VisitRecord.model_validate(each) async for each in found]

    async def events_listed(self, where: Mapping[str, str], *, drafts: bool) -> list[EventRecord]:
        """Cohort events of a cohort or person."""
        found = self._events.find(_matching(where, drafts=drafts), sort=BY_DATE)
        return [EventRecord.model_validate(document) async for document in found]

    async def put(self, visits: Sequence[VisitRecord], events: Sequence[EventRecord] = ()) -> None:
        """Save them. Raises Retryable when a day is meanwhile taken by another published visit."""
        ids = [record.visit.visit_id for record in visits]
        if len(ids) > 1:
            await self._visits.update_many({"_id": {"$in": ids}}, {"$unset": {"booked": ""}})
        documents = [_visit_document(record) for record in visits]
        groups = sorted({record.visit.group_id for record in visits if record.state != "draft"})
        try:
            await self._turns.bulk_write([UpdateOne({"_id": each}, {"$inc": {"n": 1}}, upsert=True) for each in groups])
            await self._visits.bulk_write([ReplaceOne({"_id": each["_id"]}, each, upsert=True) for each in documents])
            happenings = [_event_document(record) for record in events]
            await self._events.bulk_write([ReplaceOne({"_id": each["_id"]}, each, upsert=True) for each in happenings])
        except Exception as error:
            if is_duplicate_key(error):
                raise _taken() from error
            raise

    async def drop_drafts(self, cohort_id: str) -> None:
        """Forget a cohort's draft visits and events."""
        await self._visits.delete_many({"cohort_id": cohort_id, "state": "draft"})
        await self._events.delete_many({"cohort_id": cohort_id, "state": "draft"})

    async def elsewhere(self, people: Iterable[str], cohort_id: str) -> dict[str, list[dt.date]]:
        """The days on which these people have published visits or events of other cohorts."""
        wanted, found = set(people), defaultdict[str, list[dt.date]](list)
        for collection in (self._visits, self._events):
            where = {"people": {"$in": list(wanted)}, "cohort_id": {"$ne": cohort_id}, "state": {"$in": list(BOOKING)}}
            async for document in collection.find(where, projection={"people": 1, "on": 1}):
                for person in wanted.intersection(document["people"]):
                    found[person].append(dt.date.fromisoformat(document["on"]))
        return dict(found)

    async def published_on(self, days: Iterable[dt.date], first: dt.date) -> list[VisitRecord]:
        """Published visits on one of these days, from `first` on, by date."""
        wanted = sorted(day.isoformat() for day in days if day >= first)
        found = self._visits.find({"on": {"$in": wanted}, "state": "published"}, sort=BY_DATE)
        return [VisitRecord.model_validate(document) async for document in found]

    async def of_schools(self, schools: Iterable[str], first: dt.date) -> list[VisitRecord]:
        """Published visits from a date on that one of these schools hosts or attends."""
        where = {"schools": {"$in": list(schools)}, "state": "published", "on": {"$gte": first.isoformat()}}
        return [VisitRecord.model_validate(document) async for document in self._visits.find(where, sort=BY_DATE)]


def _matching(where: Mapping[str, str], *, drafts: bool) -> dict[str, Any]:
    names = {"cohort_id": "cohort_id", "group_id": "group_id", "person_id": "people", "school_id": "schools"}
    matching: dict[str, Any] = {names[name]: value for name, value in where.items() if value}
    return matching if drafts else matching | {"state": {"$ne": "draft"}}


def _visit_document(record: VisitRecord) -> Document:
    visit = record.visit
    document: Document = {
        "_id": visit.visit_id,
        "cohort_id": visit.cohort_id,
        "group_id": visit.group_id,
        "on": visit.on.isoformat(),
        "people": list(record.invited),
        "schools": sorted({visit.host_school_id, *(one.school_id for one in visit.attendees if one.school_id)}),
        **record.model_dump(mode="json"),
    }
    if record.state in BOOKING:
        document["booked"] = [f"{one}|{visit.on}" for one in (visit.host_school_id, *record.invited)]
    return document


def _event_document(record: EventRecord) -> Document:
    event = record.event
    return {
        "_id": event.event_id,
        "cohort_id": event.cohort_id,
        "on": event.on.isoformat(),
        "people": list(record.invited),
        "schools": sorted({one.school_id for one in event.attendees if one.school_id}),
        **record.model_dump(mode="json"),
    }


def _taken() -> Retryable:
    return Retryable("Somebody has meanwhile taken one of these days.")
