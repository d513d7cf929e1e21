"""Visits and cohort events in MongoDB.

A published visit books a day of its host, of its facilitator and of everybody who attends: `booked` holds `<id>|<date>`
for each, and a unique index refuses a second booking, whoever races. Saving visits that people know of also counts a
turn of their group, so that of two changes of one group at a time the second sees the first (spacing needs both).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any

from services.scheduling.domain.visits.records import EventDecision, EventRecord, Led, VisitRecord
from services.scheduling.planner.model import CohortEvent
from services.scheduling.store.reading import Reading
from services.scheduling.store.turns import take_turns
from shared.errors import Rejected, Retryable
from shared.mongo import ASCENDING, DESCENDING, Database, Document, ReplaceOne, UpdateOne, is_duplicate_key

__all__ = ["BY_DATE", "STANDING", "MongoVisits", "matching"]

BOOKING = ("published", "held")
STANDING = {"$in": ["draft", "published", "held"]}
ACTIVITY = {"event.activity": 1}
WITHOUT_INDEXED = {"people": 0, "schools": 0, "booked": 0}
BY_DATE = [("on", ASCENDING), ("_id", ASCENDING)]


class MongoVisits:
    """Port `Visits`."""

    def __init__(self, database: Database) -> None:
        self._database = database
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
        reading, where = Reading(), {"cohort_id": cohort_id}
        found = self._visits.find(where, sort=BY_DATE, projection=WITHOUT_INDEXED)
        return [reading.visit(document) async for document in found]

    async def each_of(self, cohort_id: str) -> AsyncIterator[VisitRecord]:
        """All visits of a cohort one after the other, so that not all of them need be in memory."""
        reading, fields = Reading(), {**WITHOUT_INDEXED, "brief": 0, "present": 0}
        async for document in self._visits.find({"cohort_id": cohort_id}, sort=BY_DATE, projection=fields):
            yield reading.visit(document)

    async def dates_of(self, cohort_id: str) -> set[tuple[str, str, str, int]]:
        """(id, day, state, version) of every visit of a cohort: whether anything changed since they were read."""
        fields = {"on": 1, "state": 1, "version": 1}
        found = self._visits.find({"cohort_id": cohort_id}, projection=fields)
        return {(each["_id"], each["on"], each["state"], each["version"]) async for each in found}

    async def next_drafts(self, cohort_id: str, most: int) -> list[VisitRecord]:
        """Draft visits of a cohort, so many at most; those that wait for the coordinator are none."""
        where = {"cohort_id": cohort_id, "state": "draft", "waits": {"$ne": True}}
        return [VisitRecord.model_validate(each) async for each in self._visits.find(where, sort=BY_DATE, limit=most)]

    async def next_draft_event(self, cohort_id: str) -> EventRecord | None:
        """The first draft event of a cohort, or part of one, if there is any."""
        found = await self._events.find_one({"cohort_id": cohort_id, "state": "draft"}, sort=BY_DATE)
        return EventRecord.model_validate(found) if found else None

    async def standing(self, cohort_id: str) -> tuple[int, list[VisitRecord]]:
        """How many visits of a cohort are not cancelled, and those of them for which another date is proposed."""
        where = {"cohort_id": cohort_id, "state": STANDING}
        found = self._visits.find({**where, "proposal": {"$ne": None}}, sort=BY_DATE)
        return await self._visits.count(where), [VisitRecord.model_validate(document) async for document in found]

    async def drafts(self, cohort_id: str) -> tuple[int, int]:
        """How many draft visits a cohort has, and how many draft events, parts of one counted as one."""
        where = {"cohort_id": cohort_id, "state": "draft"}
        activities = {each["event"]["activity"] async for each in self._events.find(where, projection=ACTIVITY)}
        return await self._visits.count(where), len(activities)

    async def booked(self, visits: Iterable[VisitRecord]) -> set[str]:
        """The ids of those of these visits a day of which is booked by another."""
        wanted = {key: record.visit.visit_id for record in visits for key in _keys(record)}
        found = self._visits.find({"booked": {"$in": list(wanted)}}, projection={"booked": 1})
        return {
            wanted[key] async for each in found for key in each["booked"] if wanted.get(key, each["_id"]) != each["_id"]
        }

    async def visit_on(self, cohort_id: str, day: dt.date) -> bool:
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

    async def decide(self, cohort_id: str, activity: str, decision: EventDecision) -> None:
        """Decide about all open parts of an event: nobody knows of a draft; of the others `next_decided` is told."""
        where = {"cohort_id": cohort_id, "event.activity": activity}
        day = {"on": decision.on.isoformat(), "event.on": decision.on.isoformat()} if decision.on else None
        redated = {**(day or {"state": "cancelled"}), **({"why": list(decision.said)} if decision.said else {})}
        await self._events.update_many({**where, "state": "draft"}, {"$set": redated})
        told = {"$set": {"decided": decision.model_dump(mode="json")}}
        await self._events.update_many({**where, "state": "published"}, told)

    async def next_decided(self) -> EventRecord | None:
        """A part of an event with a decision that is yet to be told, if there is any."""
        found = await self._events.find_one({"decided.why": {"$exists": True}}, sort=[("_id", ASCENDING)])
        return EventRecord.model_validate(found) if found else None

    async def parts_at(
        self, cohort_id: str, activity: str, schools: Iterable[str], people: Iterable[str]
    ) -> list[EventRecord]:
        """The parts of an event that invite one of these people or of these schools, else one other part."""
        whole = {"cohort_id": cohort_id, "event.activity": activity}
        either = {"$or": [{"schools": {"$in": list(schools)}}, {"people": {"$in": list(people)}}]}
        order = [("_id", ASCENDING)]
        found = await self._events.find({**whole, **either}, sort=order).to_list()
        found = found or await self._events.find(whole, sort=order, limit=1).to_list()
        return [EventRecord.model_validate(document) for document in found]

    async def of_groups(self, group_ids: Iterable[str]) -> list[VisitRecord]:
        """All visits of these groups by date."""
        reading, where = Reading(), {"group_id": {"$in": list(group_ids)}}
        found = self._visits.find(where, sort=BY_DATE, projection=WITHOUT_INDEXED)
        return [reading.visit(document) async for document in found]

    async def of_person(self, cohort_id: str, person_id: str, days: Iterable[dt.date]) -> list[VisitRecord]:
        """A cohort's visits on these days that a person, or a substitute of theirs, attends or leads."""
        where = {"cohort_id": cohort_id, "on": {"$in": sorted(day.isoformat() for day in days)}}
        either = {"$or": [{"people": person_id}, {"visit.attendees.substitute_for": person_id}]}
        return [VisitRecord.model_validate(each) async for each in self._visits.find({**where, **either}, sort=BY_DATE)]

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
        fields = {"_id": 0, "event.activity": 1, "on": 1, "decided.on": 1}
        found = self._events.find({"cohort_id": cohort_id, "state": STANDING}, projection=fields, sort=BY_DATE)
        dates = [(each["event"]["activity"], (each.get("decided") or each)["on"]) async for each in found]
        return tuple(dict.fromkeys(CohortEvent(key, dt.date.fromisoformat(on)) for key, on in dates if on))

    async def events_of(self, cohort_id: str) -> list[EventRecord]:
        """All cohort events by date."""
        reading = Reading()
        found = self._events.find({"cohort_id": cohort_id}, sort=BY_DATE, projection=WITHOUT_INDEXED)
        return [reading.event(document) async for document in found]

    async def listed(
        self, where: Mapping[str, str], *, drafts: bool, limit: int, offset: int
    ) -> tuple[int, list[VisitRecord]]:
        """How many visits match (cohort_id, group_id, person_id, school_id), and a page of them by date."""
        wanted, reading = matching(where, drafts=drafts), Reading()
        found = self._visits.find(wanted, sort=BY_DATE, limit=limit, skip=offset, projection=WITHOUT_INDEXED)
        return await self._visits.count(wanted), [reading.visit(document) async for document in found]

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

    async def count_answer(self, target_id: str) -> None:
        """Count an answer to a visit or event, so that of an answer and a change at a time one sees the other."""
        for collection in (self._visits, self._events):
            if await collection.update_one({"_id": target_id}, {"$inc": {"answers": 1}}):
                return

    async def take_days(self, visits: Iterable[VisitRecord], events: Iterable[EventRecord] = ()) -> None:
        """Take the turns of everybody's days, so that nobody gives out the same day at the same time."""
        taken = {(person, each.visit.on) for each in visits for person in each.invited}
        taken |= {(person, each.event.on) for each in events for person in each.invited}
        await take_turns(self._database, taken)

    async def drop_drafts(self, cohort_id: str, most: int) -> int:
        """Forget so many of a cohort's draft visits and events at most; return how many went."""
        gone = 0
        for collection in (self._visits, self._events):
            where = {"cohort_id": cohort_id, "state": "draft"}
            ids = [each["_id"] async for each in collection.find(where, projection={"_id": 1}, limit=most - gone)]
            gone += await collection.delete_many({"_id": {"$in": ids}})
            if gone >= most:
                break
        return gone

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


def matching(where: Mapping[str, str], *, drafts: bool) -> dict[str, Any]:
    """The filter for visits or events of a cohort_id, group_id, person_id or school_id."""
    names = {"cohort_id": "cohort_id", "group_id": "group_id", "person_id": "people", "school_id": "schools"}
    wanted: dict[str, Any] = {names[name]: value for name, value in where.items() if value}
    return wanted if drafts else wanted | {"state": {"$ne": "draft"}}


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
        document["booked"] = _keys(record)
    return document


def _keys(record: VisitRecord) -> list[str]:
    """The days of everybody whom a visit takes."""
    return [f"{one}|{record.visit.on}" for one in (record.visit.host_school_id, *record.invited)]


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
