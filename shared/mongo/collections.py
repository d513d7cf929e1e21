"""Collections: the few calls that stores use, each joining the open transaction."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from pymongo import ReplaceOne, ReturnDocument, UpdateOne

from shared.mongo.behind import Write, written
from shared.mongo.transactions import ambient, behind

Document = dict[str, Any]
Filter = Mapping[str, Any]
Sort = Sequence[tuple[str, int]]
AT_A_TIME = 500
"""Documents fetched, and held as dictionaries, at a time. The server's default is 16 MB of them."""


class Found:
    """What a ``find`` or an ``aggregate`` yields: iterate, or take it whole."""

    def __init__(self, ask: Callable[..., Any], ready: Callable[[], Awaitable[Any]], **options: Any) -> None:
        self._ask = ask
        self._ready = ready
        self._options = options

    async def __aiter__(self) -> AsyncIterator[Document]:
        await self._ready()
        cursor = self._ask(**self._options)
        async for document in await cursor if isinstance(cursor, Awaitable) else cursor:
            yield document

    async def to_list(self, **narrower: Any) -> list[Document]:
        """Return all documents; ``sort``, ``limit``, ``skip`` and ``projection`` narrow a ``find`` further."""
        return [document async for document in Found(self._ask, self._ready, **{**self._options, **narrower})]


class Collection:
    """One collection; filters and updates are built by stores from typed values only."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    @property
    def name(self) -> str:
        """The collection's name."""
        return str(self.raw.name)

    async def queue(self, *writes: Write) -> None:
        """Let writes wait whose outcome nobody asks for, to go in one round trip with others; see ``behind``.

        They run before the next call on this collection, at the latest before the commit; outside a transaction now.
        """
        if waiting := behind():
            waiting.add(self.raw, list(writes))
        else:
            await self.bulk_write(writes)

    async def put(self, document: Document) -> None:
        """Queue the write of a document in place of the one of the same ``_id``."""
        await self.queue(ReplaceOne({"_id": document["_id"]}, document, upsert=True))

    async def put_newer(self, document: Document, *, whole: bool = True) -> None:
        """Queue the write of a document with a ``version`` above 0 unless the same version or a newer one is there.

        ``whole``: it takes the place of the older one; otherwise fields that it does not name stay.
        """
        newer = {"$lt": [{"$ifNull": ["$version", 0]}, document["version"]]}
        given = {"$literal": document}
        change = {"$cond": [newer, given if whole else {"$mergeObjects": ["$$ROOT", given]}, "$$ROOT"]}
        await self.queue(UpdateOne({"_id": document["_id"]}, [{"$replaceWith": change}], upsert=True))

    async def _joined(self) -> Any:
        """Run what waits for this collection; return the session of the open transaction, or None."""
        if waiting := behind():
            await waiting.before(self.raw)
        return ambient()

    async def find_one(
        self,
        where: Filter | None = None,
        *,
        sort: Sort | None = None,
        projection: Mapping[str, int] | None = None,
    ) -> Document | None:
        """Return the first match or None."""
        order = list(sort) if sort else None
        found: Document | None = await self.raw.find_one(
            where or {}, projection, sort=order, session=await self._joined()
        )
        return found

    def find(
        self,
        where: Filter | None = None,
        *,
        sort: Sort | None = None,
        limit: int = 0,
        skip: int = 0,
        projection: Mapping[str, int] | None = None,
    ) -> Found:
        """Return the matches as an async iterable."""
        options = {"sort": sort, "limit": limit, "skip": skip, "projection": projection, "batch_size": AT_A_TIME}
        return Found(partial(self.raw.find, where or {}, session=ambient()), self._joined, **options)

    async def insert_one(self, document: Mapping[str, Any]) -> None:
        """Insert; raises DuplicateKey when a unique index refuses."""
        await self.raw.insert_one(document, session=await self._joined())

    async def insert_many(self, documents: Sequence[Mapping[str, Any]], *, ordered: bool = True) -> None:
        """Insert all; an empty list does nothing."""
        if documents:
            await self.raw.insert_many(documents, ordered=ordered, session=await self._joined())

    async def replace_one(self, where: Filter, document: Mapping[str, Any], *, upsert: bool = False) -> int:
        """Replace one document whole; return how many matched."""
        result = await self.raw.replace_one(where, document, upsert=upsert, session=await self._joined())
        return int(result.matched_count)

    async def update_one(self, where: Filter, change: Mapping[str, Any], *, upsert: bool = False) -> int:
        """Update the first match; return how many matched."""
        result = await self.raw.update_one(where, change, upsert=upsert, session=await self._joined())
        return int(result.matched_count)

    async def update_many(self, where: Filter, change: Mapping[str, Any]) -> int:
        """Update all matches; return how many."""
        result = await self.raw.update_many(where, change, session=await self._joined())
        return int(result.matched_count)

    async def delete_one(self, where: Filter) -> int:
        """Delete the first match; return how many went."""
        return int((await self.raw.delete_one(where, session=await self._joined())).deleted_count)

    async def delete_many(self, where: Filter) -> int:
        """Delete all matches; return how many went."""
        return int((await self.raw.delete_many(where, session=await self._joined())).deleted_count)

    async def count(self, where: Filter | None = None) -> int:
        """Count the matches."""
        return int(await self.raw.count_documents(where or {}, session=await self._joined()))

    async def bulk_write(self, writes: Sequence[Write], *, ordered: bool = True) -> int:
        """Run many writes in one round trip; return how many documents matched. An empty list does nothing."""
        return await written(self.raw, list(writes), ordered=ordered, session=await self._joined()) if writes else 0

    async def find_one_and_update(
        self,
        where: Filter,
        change: Mapping[str, Any],
        *,
        sort: Sort | None = None,
        upsert: bool = False,
    ) -> Document | None:
        """Update the first match and return it as it is afterwards."""
        order = list(sort) if sort else None
        after: Document | None = await self.raw.find_one_and_update(
            where, change, sort=order, upsert=upsert, return_document=ReturnDocument.AFTER, session=await self._joined()
        )
        return after

    def aggregate(self, pipeline: Sequence[Mapping[str, Any]]) -> Found:
        """Run a pipeline."""
        waiting = behind()
        return Found(
            partial(self.raw.aggregate, list(pipeline), session=ambient()), waiting.flush if waiting else self._joined
        )

    async def create_index(
        self, keys: str | Sort, *, unique: bool = False, name: str | None = None, **options: Any
    ) -> None:
        """Create an index if it is not there (never inside a transaction)."""
        named = {"name": name} if name else {}
        await self.raw.create_index(keys if isinstance(keys, str) else list(keys), unique=unique, **named, **options)

    async def drop_index(self, name: str) -> None:
        """Drop an index if it is there."""
        if name in await self.raw.index_information():
            await self.raw.drop_index(name)
