"""Clients and databases on either driver."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar

import pymongo
from gridfs.asynchronous import AsyncGridFSBucket
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorGridFSBucket
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import OperationFailure, PyMongoError

from shared.errors import Permanent
from shared.mongo.collections import Collection
from shared.mongo.files import Files
from shared.mongo.transactions import in_transaction

T = TypeVar("T")


class Database:
    """One service's database."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    @property
    def name(self) -> str:
        """The database's name."""
        return str(self.raw.name)

    def __getitem__(self, collection: str) -> Collection:
        return Collection(self.raw[collection])

    async def collections(self) -> list[str]:
        """Return the names of all collections, sorted."""
        return sorted(await self.raw.list_collection_names())

    def files(self, bucket: str = "files") -> Files:
        """Return the GridFS bucket of that name."""
        if isinstance(self.raw, AsyncDatabase):
            return Files(lambda: AsyncGridFSBucket(self.raw, bucket_name=bucket))
        return Files(lambda: AsyncIOMotorGridFSBucket(self.raw, bucket_name=bucket))


class Mongo:
    """A connected client."""

    def __init__(self, client: Any, driver: str) -> None:
        self.client = client
        self.driver = driver
        self._queue = asyncio.Lock()

    def database(self, name: str) -> Database:
        """Return the database of that name."""
        return Database(self.client[name])

    async def databases(self) -> list[str]:
        """Return the names of all databases, sorted."""
        return sorted(await self.client.list_database_names())

    async def drop(self, name: str) -> None:
        """Delete a whole database."""
        await self.client.drop_database(name)

    async def in_transaction(self, work: Callable[[], Awaitable[T]]) -> T:
        """Run ``work`` in one transaction; it runs again on a write conflict, so it may have no outside effect."""
        return await in_transaction(self.client, self._queue, work)

    async def writable(self) -> bool:
        """Tell whether a primary that takes writes answers."""
        try:
            hello = await self.client.admin.command("hello")
        except PyMongoError:
            return False
        return bool(hello.get("isWritablePrimary"))

    async def initiate(self, replica_set: str, address: str, seconds: float = 120.0) -> None:
        """Make the server we are directly connected to a replica set of one at ``address`` and wait for its primary."""
        members = [{"_id": 0, "host": address}]
        admin = self.client.admin
        try:
            await admin.command("replSetInitiate", {"_id": replica_set, "members": members})
        except OperationFailure:
            found = (await admin.command("replSetGetConfig"))["config"]
            if found["members"][0]["host"] != address:
                changed = {**found, "members": members, "version": found["version"] + 1}
                await admin.command("replSetReconfig", changed, force=True)
        give_up = time.monotonic() + seconds
        while not await self.writable():
            if time.monotonic() > give_up:
                raise Permanent(f"MongoDB at {address} did not become a primary within {seconds:.0f} seconds.")
            await asyncio.sleep(0.05)

    async def close(self) -> None:
        """Close all connections."""
        closing = self.client.close()
        if isinstance(closing, Awaitable):
            await closing


def connect(url: str, driver: Literal["motor", "pymongo"] = "motor", server_selection_ms: int = 5000) -> Mongo:
    """Return a client (connections open on first use): majority writes, retried once, aware UTC datetimes."""
    options: dict[str, Any] = {
        "w": "majority",
        "retryWrites": True,
        "tz_aware": True,
        "serverSelectionTimeoutMS": server_selection_ms,
        "connectTimeoutMS": server_selection_ms,
        "appname": "kindred",
    }
    if driver == "pymongo":
        return Mongo(pymongo.AsyncMongoClient(url, **options), driver)
    return Mongo(AsyncIOMotorClient(url, **options), driver)
