"""Writes behind: those of a transaction whose outcome nobody asks for, run together in one round trip a collection.

Whatever else is asked of the collection runs them first, so that a unit of work reads what it wrote.
"""

from typing import Any

from pymongo import DeleteMany, DeleteOne, InsertOne, ReplaceOne, UpdateMany, UpdateOne
from pymongo.errors import BulkWriteError

from shared.mongo.errors import DuplicateKey, is_duplicate_key

Write = InsertOne[Any] | ReplaceOne[Any] | UpdateOne | UpdateMany | DeleteOne | DeleteMany


async def written(collection: Any, writes: list[Write], *, ordered: bool, session: Any) -> int:
    """Run writes of a driver's collection in one round trip; return how many matched; raises DuplicateKey."""
    try:
        return int((await collection.bulk_write(writes, ordered=ordered, session=session)).matched_count)
    except BulkWriteError as error:
        if is_duplicate_key(error):
            raise DuplicateKey(str(error), details=error.details) from error
        raise


class Behind:
    """What waits in one transaction, by collection, in the order of the calls."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._waiting: dict[str, tuple[Any, list[Write]]] = {}

    def add(self, collection: Any, writes: list[Write]) -> None:
        """Let writes of a driver's collection wait."""
        self._waiting.setdefault(collection.full_name, (collection, []))[1].extend(writes)

    async def before(self, collection: Any) -> None:
        """Run what waits for a driver's collection; raises DuplicateKey when a unique index refuses."""
        if held := self._waiting.pop(collection.full_name, None):
            await written(*held, ordered=True, session=self._session)

    async def flush(self) -> None:
        """Run all that waits."""
        while self._waiting:
            collection, _ = next(iter(self._waiting.values()))
            await self.before(collection)
