"""Drafts in MongoDB: of `visits` and `cohort_events`, those that nobody knows of."""

from collections.abc import AsyncIterator

from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from services.scheduling.store.documents import BY_DATE, WITHOUT_INDEXED
from services.scheduling.store.reading import Reading
from shared.mongo import Database

__all__ = ["MongoDrafts"]

ACTIVITY = {"event.activity": 1}


class MongoDrafts:
    """Port `Drafts`."""

    def __init__(self, database: Database) -> None:
        self._visits = database["visits"]
        self._events = database["cohort_events"]

    async def drop(self, cohort_id: str, most: int) -> int:
        """Forget so many of a cohort's draft visits and events at most; return how many went."""
        gone = 0
        for collection in (self._visits, self._events):
            where = {"cohort_id": cohort_id, "state": "draft"}
            ids = [each["_id"] async for each in collection.find(where, projection={"_id": 1}, limit=most - gone)]
            gone += await collection.delete_many({"_id": {"$in": ids}})
            if gone >= most:
                break
        return gone

    async def count(self, cohort_id: str) -> tuple[int, int]:
        """How many draft visits a cohort has, and how many draft events, parts of one counted as one."""
        where = {"cohort_id": cohort_id, "state": "draft"}
        activities = {each["event"]["activity"] async for each in self._events.find(where, projection=ACTIVITY)}
        return await self._visits.count(where), len(activities)

    async def next_visits(self, cohort_id: str, most: int) -> list[VisitRecord]:
        """Draft visits of a cohort, so many at most; those that wait for the coordinator are none."""
        where = {"cohort_id": cohort_id, "state": "draft", "waits": {"$ne": True}}
        return [VisitRecord.model_validate(each) async for each in self._visits.find(where, sort=BY_DATE, limit=most)]

    async def next_event(self, cohort_id: str) -> EventRecord | None:
        """The first draft event of a cohort, or part of one, if there is any."""
        found = await self._events.find_one({"cohort_id": cohort_id, "state": "draft"}, sort=BY_DATE)
        return EventRecord.model_validate(found) if found else None

    async def each_visit(self, cohort_id: str) -> AsyncIterator[VisitRecord]:
        """All visits of a cohort one after the other, so that not all of them need be in memory."""
        reading, fields = Reading(), {**WITHOUT_INDEXED, "brief": 0, "present": 0}
        async for document in self._visits.find({"cohort_id": cohort_id}, sort=BY_DATE, projection=fields):
            yield reading.visit(document)

    async def seen(self, cohort_id: str) -> set[tuple[str, str, str, int]]:
        """(id, day, state, version) of every visit of a cohort: whether anything changed since they were read."""
        fields = {"on": 1, "state": 1, "version": 1}
        found = self._visits.find({"cohort_id": cohort_id}, projection=fields)
        return {(each["_id"], each["on"], each["state"], each["version"]) async for each in found}
