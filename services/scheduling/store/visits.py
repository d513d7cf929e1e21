"""Visits in MongoDB.

Saving visits that people know of counts a turn of their group. So of two changes of one group at a time the second
fails, runs again and sees the first: spacing needs both.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from services.scheduling.domain.visits.records import Led, VisitRecord
from services.scheduling.store.documents import BY_DATE, STANDING, WITHOUT_INDEXED, visit_document
from services.scheduling.store.reading import Reading
from shared.errors import Rejected, Retryable
from shared.mongo import Database, ReplaceOne, UpdateOne, is_duplicate_key

__all__ = ["MongoPublishedVisits", "MongoVisits"]


class MongoVisits:
    """Port `Visits`."""

    def __init__(self, database: Database) -> None:
        self._visits = database["visits"]
        self._turns = database["group_turns"]

    async def visit(self, visit_id: str) -> VisitRecord:
        """A visit. Raises Rejected("unknown-visit")."""
        found = await self._visits.find_one({"_id": visit_id})
        if found is None:
            raise Rejected("unknown-visit", f"There is no visit '{visit_id[:60]}'.")
        return VisitRecord.model_validate(found)

    async def put(self, visits: Sequence[VisitRecord]) -> None:
        """Save them. Raises Retryable when a day is meanwhile taken by another published visit."""
        ids = [record.visit.visit_id for record in visits]
        if len(ids) > 1:
            await self._visits.update_many({"_id": {"$in": ids}}, {"$unset": {"booked": ""}})
        documents = [visit_document(record) for record in visits]
        groups = sorted({record.visit.group_id for record in visits if record.state != "draft"})
        try:
            await self._turns.bulk_write([UpdateOne({"_id": each}, {"$inc": {"n": 1}}, upsert=True) for each in groups])
            await self._visits.bulk_write([ReplaceOne({"_id": each["_id"]}, each, upsert=True) for each in documents])
        except Exception as error:
            if is_duplicate_key(error):
                raise Retryable("Somebody has meanwhile taken one of these days.") from error
            raise

    async def of_cohort(self, cohort_id: str) -> list[VisitRecord]:
        """All visits of a cohort by date."""
        reading, where = Reading(), {"cohort_id": cohort_id}
        found = self._visits.find(where, sort=BY_DATE, projection=WITHOUT_INDEXED)
        return [reading.visit(document) async for document in found]

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


class MongoPublishedVisits:
    """Port `PublishedVisits`."""

    def __init__(self, database: Database) -> None:
        self._visits = database["visits"]

    async def on_days(self, days: Iterable[dt.date], first: dt.date) -> list[VisitRecord]:
        """Published visits on one of these days, from `first` on, by date."""
        wanted = sorted(day.isoformat() for day in days if day >= first)
        found = self._visits.find({"on": {"$in": wanted}, "state": "published"}, sort=BY_DATE)
        return [VisitRecord.model_validate(document) async for document in found]

    async def at_schools(self, schools: Iterable[str], first: dt.date) -> list[VisitRecord]:
        """Published visits from a date on that one of these schools hosts or attends."""
        where = {"schools": {"$in": list(schools)}, "state": "published", "on": {"$gte": first.isoformat()}}
        return [VisitRecord.model_validate(document) async for document in self._visits.find(where, sort=BY_DATE)]
