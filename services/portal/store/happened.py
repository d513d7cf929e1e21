"""What has happened, in MongoDB."""

import datetime as dt
from collections.abc import Sequence

from services.portal.domain.happened import KEPT, Counts, Happening, together
from shared.mongo import DESCENDING, Database

MOST = 5_000


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
        found = self._happened.find({"at": {"$gt": when}}, sort=[("at", DESCENDING)], limit=MOST)
        return together([document async for document in found])

    async def counts(self, programme_id: str) -> Counts:
        """Return how far a programme's dates and writings are."""
        of = {"programme_id": programme_id}
        return Counts(
            dated=await self._dated.count({**of, "state": {"$in": ["published", "held"]}}),
            answered=await self._answers.count(of),
            held=await self._dated.count({**of, "state": "held"}),
            written=await self._entries.count({**of, "state": {"$ne": "withdrawn"}}),
            reports=await self._reports.count(of),
        )

    async def seen(self, person_id: str) -> dt.datetime | None:
        """Return when somebody last said that they have seen it all."""
        found = await self._seen.find_one({"_id": person_id})
        return found["at"] if found else None

    async def see(self, person_id: str, at: dt.datetime) -> None:
        """Note that somebody has seen it all."""
        await self._seen.update_one({"_id": person_id}, {"$set": {"at": at}}, upsert=True)


async def prepare(database: Database) -> None:
    """Create what the page reads by; the database drops what is old."""
    await database["happened"].create_index([("at", DESCENDING)], expireAfterSeconds=int(KEPT.total_seconds()))
    for collection in ("dated", "answers", "entries", "reports"):
        await database[collection].create_index("programme_id")
