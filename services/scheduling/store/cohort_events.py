"""Cohort events and their parts, in MongoDB."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from services.scheduling.domain.visits.records import EventDecision, EventRecord
from services.scheduling.planner.model import CohortEvent
from services.scheduling.store.documents import BY_DATE, STANDING, WITHOUT_INDEXED, event_document
from services.scheduling.store.reading import Reading
from shared.errors import Rejected
from shared.mongo import ASCENDING, Database, Document, ReplaceOne

__all__ = ["MongoCohortEvents"]


class MongoCohortEvents:
    """Port `CohortEvents`."""

    def __init__(self, database: Database) -> None:
        self._events = database["cohort_events"]

    async def event(self, event_id: str) -> EventRecord:
        """A cohort event. Raises Rejected("unknown-event")."""
        found = await self._events.find_one({"_id": event_id})
        if found is None:
            raise Rejected("unknown-event", f"There is no cohort event '{event_id[:60]}'.")
        return EventRecord.model_validate(found)

    async def put(self, events: Sequence[EventRecord]) -> None:
        """Save them."""
        documents = [event_document(record) for record in events]
        await self._events.bulk_write([ReplaceOne({"_id": each["_id"]}, each, upsert=True) for each in documents])

    async def of_cohort(self, cohort_id: str) -> list[EventRecord]:
        """All cohort events by date."""
        reading = Reading()
        found = self._events.find({"cohort_id": cohort_id}, sort=BY_DATE, projection=WITHOUT_INDEXED)
        return [reading.event(document) async for document in found]

    async def of_duties(self, duty_ids: Collection[str], since: dt.date) -> dict[str, list[EventRecord]]:
        """The visits of duties that are to come."""
        where = {"duty": {"$in": sorted(duty_ids)}, "on": {"$gte": since.isoformat()}}
        found = defaultdict[str, list[EventRecord]](list)
        async for document in self._events.find(where, sort=BY_DATE):
            record = EventRecord.model_validate(document)
            found[record.duty].append(record)
        return dict(found)

    async def dates(self, cohort_id: str) -> tuple[CohortEvent, ...]:
        """The days of the cohort's events that take place, without their people."""
        fields = {"_id": 0, "event.activity": 1, "on": 1, "decided.on": 1}
        found = self._events.find({"cohort_id": cohort_id, "state": STANDING}, projection=fields, sort=BY_DATE)
        dates = [(each["event"]["activity"], (each.get("decided") or each)["on"]) async for each in found]
        return tuple(dict.fromkeys(CohortEvent(key, dt.date.fromisoformat(on)) for key, on in dates if on))

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

    async def decide(self, cohort_id: str, activity: str, decision: EventDecision) -> None:
        """Decide about all open parts of an event: nobody knows of a draft; the others follow by `next_decided`."""
        where = {"cohort_id": cohort_id, "event.activity": activity}
        day = {"on": decision.on.isoformat(), "event.on": decision.on.isoformat()} if decision.on else None
        redated: Document = day or {"state": "cancelled"}
        redated |= {"why": list(decision.said)} if decision.said else {}
        redated |= {"pinned": True} if decision.chosen else {}
        await self._events.update_many({**where, "state": "draft"}, {"$set": redated})
        told = {"$set": {"decided": decision.model_dump(mode="json")}}
        await self._events.update_many({**where, "state": "published"}, told)

    async def next_decided(self) -> EventRecord | None:
        """A part of an event with a decision that is still to be published, if there is any."""
        found = await self._events.find_one({"decided.why": {"$exists": True}}, sort=[("_id", ASCENDING)])
        return EventRecord.model_validate(found) if found else None
