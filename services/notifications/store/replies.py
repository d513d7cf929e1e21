"""The last calendar answer of each person to each target."""

from services.notifications.domain.directory import LastReply
from services.notifications.store.documents import model
from shared.mongo import Database


class MongoAliases:
    """Behind ``ports.Aliases``."""

    def __init__(self, database: Database) -> None:
        self._aliases = database["aliases"]

    async def remember(self, address: str, person_id: str) -> None:
        """Take answers from this address as this person's."""
        row = {"address": address.lower(), "person_id": person_id}
        await self._aliases.update_one({"_id": f"{person_id}/{address.lower()}"}, {"$set": row}, upsert=True)

    async def people_at(self, address: str) -> list[str]:
        """Return the ids of the people who answer from this address, in any case of letters."""
        return [row["person_id"] async for row in self._aliases.find({"address": address.lower()})]

    async def forget(self, person_id: str) -> None:
        """Drop a person's aliases."""
        await self._aliases.delete_many({"person_id": person_id})


class MongoReplies:
    """Behind ``ports.Replies``."""

    def __init__(self, database: Database) -> None:
        self._replies = database["replies"]
        self._counts = database["reply_counts"]

    async def last(self, target_id: str, person_id: str) -> LastReply | None:
        """Return the person's last calendar answer."""
        found = await self._replies.find_one({"_id": f"{target_id}/{person_id}"})
        return model(LastReply, found) if found else None

    async def put(self, target_id: str, person_id: str, reply: LastReply) -> int:
        """Keep a calendar answer; return how many this target has had."""
        key = f"{target_id}/{person_id}"
        row = {"_id": key, "sequence": reply.sequence, "stamped": reply.stamped, "seen": list(reply.seen)}
        await self._replies.put(row)
        counted = await self._counts.find_one_and_update({"_id": target_id}, {"$inc": {"replies": 1}}, upsert=True)
        return int(counted["replies"]) if counted else 1
