"""The read models of programmes whose template says everything, as pages look them up."""

from collections.abc import Iterable
from typing import Any

from services.portal.domain.entries import Entry
from services.portal.domain.places import Offer, Pair, Placement
from services.portal.domain.tasks import Owed, ordered
from services.portal.domain.whole import WholeProgramme
from services.portal.store import documents
from shared.mongo import ASCENDING, DESCENDING, Database

_NEWEST = [("until", DESCENDING), ("_id", ASCENDING)]


class MongoWholeProgrammes:
    """The port `WholeProgrammes` on MongoDB. A template is read anew only when its programme has changed."""

    def __init__(self, database: Database) -> None:
        self._programmes = database["whole_programmes"]
        self._read: dict[str, tuple[int, WholeProgramme]] = {}

    async def get(self, programme_id: str) -> WholeProgramme | None:
        """Return such a programme."""
        known = self._read.get(programme_id)
        if known is not None:
            about = await self._programmes.find_one({"_id": programme_id}, projection={"version": 1})
            if about is not None and about["version"] == known[0]:
                return known[1]
        found = await self._programmes.find_one({"_id": programme_id})
        if found is None:
            return None
        self._read[programme_id] = found["version"], documents.whole(found)
        return self._read[programme_id][1]


class MongoTasks:
    """The port `Tasks` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._tasks = database["tasks"]

    async def get(self, task_id: str) -> Owed | None:
        """Return a task."""
        found = await self._tasks.find_one({"_id": task_id})
        return documents.owed(found) if found else None

    async def of_person(self, person_id: str) -> list[Owed]:
        """Return what somebody owes or has owed, the earliest due first."""
        return ordered([documents.owed(found) async for found in self._tasks.find({"person_ids": person_id})])


class MongoEntries:
    """The port `Entries` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._entries = database["entries"]

    async def find(self, entry_ids: Iterable[str]) -> dict[str, Entry]:
        """Return those that are known, by id."""
        wanted = sorted(set(entry_ids))
        found = await self._entries.find({"_id": {"$in": wanted}}).to_list() if wanted else []
        return {one["_id"]: documents.entry(one) for one in found}

    async def of_author(self, person_id: str) -> list[Entry]:
        """Return what somebody has handed in, of all programmes and forms; withdrawn ones are left out."""
        where = {"author_ids": person_id, "state": {"$ne": "withdrawn"}}
        return [documents.entry(found) async for found in self._entries.find(where, sort=[("_id", ASCENDING)])]


class MongoPlaces:
    """The port `Places` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._placements = database["placements"]
        self._offers = database["offers"]
        self._pairs = database["pairs"]

    async def find(self, match_ids: Iterable[str]) -> dict[str, Placement]:
        """Return placements by id, ended ones too."""
        wanted = sorted(set(match_ids))
        found = await self._placements.find({"_id": {"$in": wanted}}).to_list() if wanted else []
        return {one["_id"]: documents.placement(one) for one in found}

    async def to_things(self, thing_entry_ids: Iterable[str]) -> list[Placement]:
        """Return the placements to these things that stand."""
        return await self._standing({"thing_entry_id": {"$in": sorted(set(thing_entry_ids))}})

    async def of_entries(self, person_entry_ids: Iterable[str]) -> list[Placement]:
        """Return the placements that stand of people who were named by these entries."""
        return await self._standing({"person_entry_id": {"$in": sorted(set(person_entry_ids))}})

    async def pairs(self, pair_ids: Iterable[str]) -> dict[str, Pair]:
        """Return pairs by id, ended ones too."""
        wanted = sorted(set(pair_ids))
        found = await self._pairs.find({"_id": {"$in": wanted}}).to_list() if wanted else []
        return {one["_id"]: documents.pair(one) for one in found}

    async def pairs_of(self, person_id: str) -> list[Pair]:
        """Return the pairs that somebody is in."""
        found = self._pairs.find({"person_ids": person_id, "ended": False}, sort=[("_id", ASCENDING)])
        return [documents.pair(one) async for one in found]

    async def offer(self, offer_id: str) -> Offer | None:
        """Return a place on offer, settled ones too."""
        found = await self._offers.find_one({"_id": offer_id})
        return documents.offer(found) if found else None

    async def offers_to(self, person_id: str, person_entry_ids: Iterable[str]) -> list[Offer]:
        """Return what is or was offered to somebody, or to people named by these entries, the newest last day first."""
        either = [{"person_id": person_id}, {"person_entry_id": {"$in": sorted(set(person_entry_ids))}}]
        return [documents.offer(found) async for found in self._offers.find({"$or": either}, sort=_NEWEST)]

    async def offers_of(self, thing_entry_ids: Iterable[str]) -> list[Offer]:
        """Return the offers of these things that are open."""
        where = {"thing_entry_id": {"$in": sorted(set(thing_entry_ids))}, "state": "open"}
        return [documents.offer(found) async for found in self._offers.find(where, sort=_NEWEST)]

    async def _standing(self, where: dict[str, Any]) -> list[Placement]:
        found = self._placements.find({**where, "ended": False}, sort=[("_id", ASCENDING)])
        return [documents.placement(one) async for one in found]
