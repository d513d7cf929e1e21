"""How records in memory are found: by key and by date, as the stores in MongoDB are read."""

from collections.abc import Iterable
from typing import Any

from services.scheduling.domain.visits.records import EventRecord, VisitRecord

BOOKING = ("published", "held")


def by_key(found: dict[str, Any]) -> list[Any]:
    return [found[key] for key in sorted(found)]


def visits_by_date(found: Iterable[VisitRecord]) -> list[VisitRecord]:
    return sorted(found, key=lambda each: (each.visit.on, each.visit.visit_id))


def events_by_date(found: Iterable[EventRecord]) -> list[EventRecord]:
    return sorted(found, key=lambda each: (each.event.on, each.event.event_id))


def standing(record: VisitRecord | EventRecord) -> bool:
    return record.state != "cancelled"


def schools_of(record: VisitRecord | EventRecord) -> set[str]:
    """The schools that a visit or event concerns."""
    if isinstance(record, EventRecord):
        return {one.school_id for one in record.event.attendees if one.school_id}
    return {record.visit.host_school_id, *(one.school_id for one in record.visit.attendees if one.school_id)}


def booked_days(record: VisitRecord) -> set[tuple[str, Any]]:
    """The days of everybody whom a visit takes."""
    return {(one, record.visit.on) for one in record.booking}
