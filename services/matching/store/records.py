"""Records of one kind by their id, in a collection of MongoDB."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from services.matching.domain.records import Record
from shared.mongo import ASCENDING, Database, Sort

__all__ = ["BY_ID", "Records"]

R = TypeVar("R", bound=Record)
BY_ID = [("_id", ASCENDING)]


class Records(Generic[R]):
    """Records of one kind by their id."""

    def __init__(self, database: Database, collection: str, kind: type[R], key: str) -> None:
        self._records, self._kind, self._key = database[collection], kind, key

    async def get(self, key: str) -> R | None:
        """A record."""
        found = await self._records.find_one({"_id": key})
        return self._kind.model_validate(found) if found else None

    async def put(self, record: R) -> None:
        """Save a record in place of an older one."""
        document = self._document(record)
        await self._records.put(document)

    async def _found(self, where: Mapping[str, Any], limit: int = 0, sort: Sort = BY_ID) -> list[R]:
        found = self._records.find(where, sort=sort, limit=limit)
        return [self._kind.model_validate(document) async for document in found]

    def _document(self, record: R) -> dict[str, Any]:
        document = record.model_dump(mode="json")
        return {"_id": document[self._key], **document}
