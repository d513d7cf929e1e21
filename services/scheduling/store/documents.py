"""Records as documents and back, for the stores of this service.

A published visit books a day of its host, its facilitator and everybody who attends: `booked` has `<id>|<date>` for
each, and a unique index refuses a second booking, also in a race.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from services.scheduling.domain.record import Record
from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from services.scheduling.store.sharing import alike
from shared.mongo import ASCENDING, Collection, Document

__all__ = [
    "BOOKING", "BY_DATE", "STANDING", "WITHOUT_INDEXED", "booked_days", "event_document", "many", "matching", "one",
    "put", "visit_document",
]  # fmt: skip

BOOKING = ("published", "held")
STANDING = {"$in": ["draft", "published", "held"]}
WITHOUT_INDEXED = {"people": 0, "schools": 0, "booked": 0}
BY_DATE = [("on", ASCENDING), ("_id", ASCENDING)]
R = TypeVar("R", bound=Record)


async def one(collection: Collection, key: str, kind: type[R]) -> R | None:
    """The record of a key."""
    found = await collection.find_one({"_id": key})
    return kind.model_validate(found) if found else None


async def many(collection: Collection, where: dict[str, Any], kind: type[R]) -> list[R]:
    """The records that match, by key."""
    found = collection.find(where, sort=[("_id", ASCENDING)])
    return [alike(kind.model_validate(document)) async for document in found]


async def put(collection: Collection, key: str, record: Record) -> None:
    """Save a record under a key."""
    await collection.put({"_id": key, **record.model_dump(mode="json")})


def matching(where: Mapping[str, str], *, drafts: bool) -> dict[str, Any]:
    """The filter for visits or events of a cohort_id, group_id, person_id or school_id."""
    names = {"cohort_id": "cohort_id", "group_id": "group_id", "person_id": "people", "school_id": "schools"}
    wanted: dict[str, Any] = {names[name]: value for name, value in where.items() if value}
    return wanted if drafts else wanted | {"state": {"$ne": "draft"}}


def visit_document(record: VisitRecord) -> Document:
    """A visit, with what it is found by and the days that it books."""
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
        document["booked"] = booked_days(record)
    return document


def booked_days(record: VisitRecord) -> list[str]:
    """The days of everybody whom a visit takes."""
    return [f"{one}|{record.visit.on}" for one in record.booking]


def event_document(record: EventRecord) -> Document:
    """A cohort event, or a part of one, with what it is found by."""
    event = record.event
    return {
        "_id": event.event_id,
        "cohort_id": event.cohort_id,
        "on": event.on.isoformat(),
        "people": list(record.invited),
        "schools": sorted({one.school_id for one in event.attendees if one.school_id}),
        **record.model_dump(mode="json"),
    }
