"""Visits and events as they are listed, in MongoDB."""

from collections import defaultdict
from collections.abc import Mapping

from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from services.scheduling.store.documents import BY_DATE, STANDING, WITHOUT_INDEXED, matching
from services.scheduling.store.reading import Reading
from shared.mongo import Database

__all__ = ["MongoListings"]

WHOLE = {"people": 0, "schools": 0}
BARE = {**WHOLE, "event.attendees": 0}
PART_OF = {"cohort_id": 1, "event.activity": 1}


class MongoListings:
    """Port `Listings`."""

    def __init__(self, database: Database) -> None:
        self._visits = database["visits"]
        self._events = database["cohort_events"]

    async def visits(
        self, where: Mapping[str, str], *, drafts: bool, limit: int, offset: int
    ) -> tuple[int, list[VisitRecord]]:
        """How many visits match (cohort_id, group_id, person_id, school_id), and a page of them by date."""
        wanted, reading = matching(where, drafts=drafts), Reading()
        found = self._visits.find(wanted, sort=BY_DATE, limit=limit, skip=offset, projection=WITHOUT_INDEXED)
        return await self._visits.count(wanted), [reading.visit(document) async for document in found]

    async def events(self, where: Mapping[str, str], *, drafts: bool) -> list[EventRecord]:
        """Events of a cohort, person or school by date; of one in several parts the first, bare of people."""
        parts = defaultdict[tuple[str, str], list[str]](list)
        async for each in self._events.find(matching(where, drafts=drafts), sort=BY_DATE, projection=PART_OF):
            parts[each["cohort_id"], each["event"]["activity"]].append(each["_id"])
        found = []
        for first, *others in parts.values():
            document = await self._events.find_one({"_id": first}, projection=BARE if others else WHOLE)
            if document is not None:
                document["event"].setdefault("attendees", [])
                found.append(EventRecord.model_validate(document))
        return found

    async def proposed(self, cohort_id: str) -> tuple[int, list[VisitRecord]]:
        """How many visits of a cohort are not cancelled, and those of them for which another date is proposed."""
        where = {"cohort_id": cohort_id, "state": STANDING}
        found = self._visits.find({**where, "proposal": {"$ne": None}}, sort=BY_DATE)
        return await self._visits.count(where), [VisitRecord.model_validate(document) async for document in found]
