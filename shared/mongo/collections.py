"""Collections: the few calls that stores use, each joining the open transaction."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from pymongo import DeleteMany, DeleteOne, InsertOne, ReplaceOne, ReturnDocument, UpdateMany, UpdateOne

from shared.mongo.transactions import ambient

Document = dict[str, Any]
Filter = Mapping[str, Any]
Sort = Sequence[tuple[str, int]]
AT_A_TIME = 500
"""Documents fetched, and held as dictionaries, at a time. The server's default is 16 MB of them."""
Write = InsertOne[Any] | ReplaceOne[Any] | UpdateOne | UpdateMany | DeleteOne | DeleteMany


class Found:
    """What a ``find`` or an ``aggregate`` yields: iterate, or take it whole."""

    def __init__(self, ask: Callable[..., Any], **options: Any) -> None:
        self._ask = ask
        self._options = options

    async def __aiter__(self) -> AsyncIterator[Document]:
        cursor = self._ask(**self._options)
        async for document in await cursor if isinstance(cursor, Awaitable) else cursor:
            yield document

    async def to_list(self, **narrower: Any) -> list[Document]:
        """Return all documents; ``sort``, ``limit``, ``skip`` and ``projection`` narrow a ``find`` further."""
        return [document async for document in Found(self._ask, **{**self._options, **narrower})]


class Collection:
    """One collection; filters and updates are built by stores from typed values only."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    @property
    def name(self) -> str:
        """The collection's name."""
        return str(self.raw.name)

    async def find_one(
        self,
        where: Filter | None = None,
        *,
        sort: Sort | None = None,
        projection: Mapping[str, int] | None = None,
    ) -> Document | None:
        """Return the first match or None."""
        order = list(sort) if sort else None
        found: Document | None = await self.raw.find_one(where or {}, projection, sort=order, session=ambient())
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
        return Found(partial(self.raw.find, where or {}, session=ambient()), **options)

    async def insert_one(self, document: Mapping[str, Any]) -> None:
        """Insert; raises DuplicateKey when a unique index refuses."""
        await self.raw.insert_one(document, session=ambient())

    async def insert_many(self, documents: Sequence[Mapping[str, Any]], *, ordered: bool = True) -> None:
        """Insert all; an empty list does nothing."""
        if documents:
            await self.raw.insert_many(documents, ordered=ordered, session=ambient())

    async def replace_one(self, where: Filter, document: Mapping[str, Any], *, upsert: bool = False) -> int:
        """Replace one document whole; return how many matched."""
        result = await self.raw.replace_one(where, document, upsert=upsert, session=ambient())
        return int(result.matched_count)

    async def update_one(self, where: Filter, change: Mapping[str, Any], *, upsert: bool = False) -> int:
        """Update the first match; return how many matched."""
        result = await self.raw.update_one(where, change, upsert=upsert, session=ambient())
        return int(result.matched_count)

    async def update_many(self, where: Filter, change: Mapping[str, Any]) -> int:
        """Update all matches; return how many."""
        result = await self.raw.update_many(where, change, session=ambient())
        return int(result.matched_count)

    async def delete_one(self, where: Filter) -> int:
        """Delete the first match; return how many went."""
        return int((await self.raw.delete_one(where, session=ambient())).deleted_count)

    async def delete_many(self, where: Filter) -> int:
        """Delete all matches; return how many went."""
        return int((await self.raw.delete_many(where, session=ambient())).deleted_count)

    async def count(self, where: Filter | None = None) -> int:
        """Count the matches."""
        return int(await self.raw.count_documents(where or {}, session=ambient()))

    async def bulk_write(self, writes: Sequence[Write], *, ordered: bool = True) -> int:
        """Run many writes in one round trip; return how many documents matched. An empty list does nothing."""
        if not writes:
            return 0
        return int((await self.raw.bulk_write(list(writes), ordered=ordered, session=ambient())).matched_count)

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
            where, change, sort=order, upsert=upsert, return_document=ReturnDocument.AFTER, session=ambient()
        )
        return after

    def aggregate(self, pipeline: Sequence[Mapping[str, Any]]) -> Found:
        """Run a pipeline."""
        return Found(partial(self.raw.aggregate, list(pipeline), session=ambient()))

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
