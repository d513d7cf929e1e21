"""The inbox: what each durable has handled, inserted in the handler's own transaction; a duplicate key means done."""

from collections.abc import Sequence
from datetime import UTC, datetime

from shared.bus.collections import INBOX
from shared.mongo import Database, is_duplicate_key


class AlreadyDoneError(Exception):
    """The durable has handled the fact before."""


async def prepare(database: Database, days: int) -> None:
    """Create the inbox's index."""
    await database[INBOX].create_index("at", expireAfterSeconds=days * 86_400)


def key(durable: str, ce_id: str) -> str:
    """Return the ``_id`` of a handled fact."""
    return f"{durable}:{ce_id}"


async def enter(database: Database, durable: str, ce_ids: Sequence[str]) -> None:
    """Note facts as handled, in the open transaction; raises AlreadyDoneError."""
    now = datetime.now(UTC)
    try:
        await database[INBOX].insert_many([{"_id": key(durable, ce_id), "at": now} for ce_id in ce_ids])
    except Exception as error:
        if is_duplicate_key(error):
            raise AlreadyDoneError from None
        raise


async def known(database: Database, durable: str, ce_ids: Sequence[str]) -> set[str]:
    """Return those that were handled before."""
    keys = {key(durable, ce_id): ce_id for ce_id in ce_ids}
    found = database[INBOX].find({"_id": {"$in": list(keys)}}, projection={"_id": 1})
    return {keys[line["_id"]] async for line in found}
