"""The inbox: ids of the messages that each durable has handled, inserted in the handler's transaction.

A duplicate key means that the message was handled before.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from shared.bus.collections import INBOX
from shared.mongo import Database, is_duplicate_key


class AlreadyDoneError(Exception):
    """The durable has handled the message before."""


async def prepare(database: Database, days: int) -> None:
    """Create the inbox's index."""
    await database[INBOX].create_index("at", expireAfterSeconds=days * 86_400)


def key(durable: str, ce_id: str) -> str:
    """Return the ``_id`` of a handled message's row."""
    return f"{durable}:{ce_id}"


async def enter(database: Database, durable: str, ce_ids: Sequence[str]) -> None:
    """Record messages as handled, in the open transaction; raises AlreadyDoneError."""
    now = datetime.now(UTC)
    try:
        await database[INBOX].insert_many([{"_id": key(durable, ce_id), "at": now} for ce_id in ce_ids])
    except Exception as error:
        if is_duplicate_key(error):
            raise AlreadyDoneError from None
        raise


async def known(database: Database, durable: str, ce_ids: Sequence[str]) -> set[str]:
    """Return the ids that were handled before."""
    keys = {key(durable, ce_id): ce_id for ce_id in ce_ids}
    found = database[INBOX].find({"_id": {"$in": list(keys)}}, projection={"_id": 1})
    return {keys[line["_id"]] async for line in found}
