"""Ids of calendar feeds, one a person."""

from shared.mongo import Database


class MongoFeeds:
    """The port `FeedStore` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._feeds = database["feeds"]

    async def id_of(self, person_id: str) -> str | None:
        """Return the id of a person's feed."""
        found = await self._feeds.find_one({"_id": person_id})
        return str(found["feed_id"]) if found else None

    async def person_of(self, feed_id: str) -> str | None:
        """Return whose feed has this id."""
        found = await self._feeds.find_one({"feed_id": feed_id})
        return str(found["_id"]) if found else None

    async def put(self, person_id: str, feed_id: str) -> None:
        """Keep the id in place of the one before."""
        document = {"_id": person_id, "feed_id": feed_id}
        await self._feeds.put(document)

    async def drop(self, person_id: str) -> None:
        """Forget it."""
        await self._feeds.delete_one({"_id": person_id})
