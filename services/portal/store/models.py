"""The read models as the projections write them. Facts older than what is kept are ignored; writes may run again."""

from collections.abc import Mapping
from typing import Any

from shared.mongo import Database, UpdateOne


class MongoModels:
    """The port `Models` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, collection: str, key: str, version: int, fields: Mapping[str, Any]) -> None:
        """Keep a whole state unless a later one, or this, is kept; fields it does not name stay."""
        await self._database[collection].put_newer({"_id": key, **fields, "version": version}, whole=False)

    async def mark(self, collection: str, key: str, fields: Mapping[str, Any]) -> None:
        """Set some fields of what is kept; what is not there stays away."""
        await self._database[collection].queue(UpdateOne({"_id": key}, {"$set": dict(fields)}))

    async def add(self, collection: str, key: str, field: str, value: str) -> None:
        """Add a value to a set of what is kept."""
        await self._database[collection].queue(UpdateOne({"_id": key}, {"$addToSet": {field: value}}))

    async def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """Return what is kept under a key."""
        return await self._database[collection].find_one({"_id": key})
