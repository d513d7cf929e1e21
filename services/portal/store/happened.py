"""What has happened, in MongoDB."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from services.portal.domain.happened import KEPT, Counts, Happening, together
from shared.mongo import ASCENDING, DESCENDING, Collection, Database

MOST = 20_000
"""Facts that are looked at, the latest; a week of a national programme has fewer."""


class MongoHappened:
    """The port `Happened` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._happened = database["happened"]
        self._seen = database["seen"]
        self._dated = database["dated"]
        self._answers = database["answers"]
        self._entries = database["entries"]
        self._reports = database["reports"]

    async def since(self, when: dt.datetime) -> Sequence[Happening]:
        """Return what has happened since then, by programme and kind; of very much the latest."""
        found = self._happened.aggregate(
            [
                {"$match": {"at": {"$gt": when}}}, {"$sort": {"at": DESCENDING}}, {"$limit": MOST},
                {
                    "$group": {
                        "_id": {"programme_id": "$programme_id", "kind": "$kind", "school_id": "$school_id"},
                        "times": {"$sum": 1}, "at": {"$max": "$at"},
                    }
                },
                {"$sort": {"at": DESCENDING, "_id": ASCENDING}},
            ]
        )  # fmt: skip
        return together([{**document["_id"], "times": document["times"]} async for document in found])

    async def counts(self, programme_ids: Iterable[str]) -> Mapping[str, Counts]:
        """Return how far the dates and writings of each of these programmes are, by programme."""
        wanted = sorted(set(programme_ids))
        dated, answers, entries, reports = await asyncio.gather(
            _tally(self._dated, wanted), _tally(self._answers, wanted), _tally(self._entries, wanted),
            _tally(self._reports, wanted),
        )  # fmt: skip
        return {
            one: Counts(
                dated=dated[one, "published"] + dated[one, "held"],
                answered=_all(answers, one),
                held=dated[one, "held"],
                written=_all(entries, one) - entries[one, "withdrawn"],
                reports=_all(reports, one),
            )
            for one in wanted
        }

    async def seen(self, person_id: str) -> dt.datetime | None:
        """Return when somebody last said that they have seen it all."""
        found = await self._seen.find_one({"_id": person_id})
        return found["at"] if found else None

    async def see(self, person_id: str, at: dt.datetime) -> None:
        """Note that somebody has seen it all."""
        await self._seen.update_one({"_id": person_id}, {"$set": {"at": at}}, upsert=True)


async def _tally(collection: Collection, programme_ids: list[str]) -> Counter[tuple[str, str]]:
    """How many documents there are by programme and state, in one query."""
    by = {"programme_id": "$programme_id", "state": {"$ifNull": ["$state", ""]}}
    found = collection.aggregate(
        [{"$match": {"programme_id": {"$in": programme_ids}}}, {"$group": {"_id": by, "number": {"$sum": 1}}}]
    )
    return Counter({(one["_id"]["programme_id"], one["_id"]["state"]): one["number"] async for one in found})


def _all(tally: Counter[tuple[str, str]], programme_id: str) -> int:
    return sum(number for (one, _), number in tally.items() if one == programme_id)


async def prepare(database: Database) -> None:
    """Create what the page reads by; the database drops what is old."""
    await database["happened"].create_index([("at", DESCENDING)], expireAfterSeconds=int(KEPT.total_seconds()))
    for collection in ("dated", "answers", "entries", "reports"):
        await database[collection].create_index([("programme_id", ASCENDING), ("state", ASCENDING)])
