"""The stored replies of commands: their index, their move out of the collection they had before 0.1.0, forgetting."""

import json
from collections.abc import Collection

from shared.bus.collections import COMMAND_REPLIES
from shared.mongo import Database, ReplaceOne

KEPT_DAYS = 30
FORGOTTEN = b"(erased)"
_BEFORE = "answers"
_EXPIRY = "at_1"
_BATCH = 500


async def prepare(database: Database) -> None:
    """Create the index that drops stored replies after 30 days, and take over the replies from before 0.1.0."""
    await database[COMMAND_REPLIES].create_index("at", expireAfterSeconds=KEPT_DAYS * 86_400)
    await _take_over(database)


async def forget(database: Database, words: Collection[str]) -> None:
    """Take these words, a name or an address, out of the sentences of all stored replies."""
    said = [json.dumps(word, ensure_ascii=False)[1:-1].encode() for word in words if word]
    replies = database[COMMAND_REPLIES]
    async for kept in replies.find({}, projection={"reply": 1}):
        after = kept["reply"]
        for word in said:
            after = after.replace(word, FORGOTTEN)
        if after != kept["reply"]:
            await replies.update_one({"_id": kept["_id"]}, {"$set": {"reply": after}})


async def _take_over(database: Database) -> None:
    """Move replies from ``answers``, which the portal's read model shares; its own documents have no ``print``.

    Safe to run again after a crash: a reply is written to its new place before it leaves the old one.
    """
    if _BEFORE not in await database.collections():
        return
    before = database[_BEFORE]
    await before.drop_index(_EXPIRY)
    while replies := await before.find({"print": {"$exists": True}}, limit=_BATCH).to_list():
        keys = [reply["_id"] for reply in replies]
        await database[COMMAND_REPLIES].bulk_write(
            [ReplaceOne({"_id": one["_id"]}, one, upsert=True) for one in replies]
        )
        await before.delete_many({"_id": {"$in": keys}})
