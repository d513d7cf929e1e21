"""Frozen records in a collection of their own, under their own id."""

from typing import Generic, TypeVar

from services.reporting.domain.facts import Record
from shared.mongo import Collection, Document, Filter, Sort

K = TypeVar("K", bound=Record)


class Records(Generic[K]):
    """Records of one kind; `key` names the field that is the document's id."""

    def __init__(self, collection: Collection, model: type[K], key: str) -> None:
        self.collection = collection
        self._model = model
        self._key = key

    async def get(self, record_id: str) -> K | None:
        """The record of that id."""
        return self.read(await self.collection.find_one({"_id": record_id}))

    async def first(self, where: Filter) -> K | None:
        """The only record that matches, or None."""
        return self.read(await self.collection.find_one(where))

    async def all(self, where: Filter, sort: Sort, *, limit: int = 0, skip: int = 0) -> list[K]:
        """The records that match, in order."""
        found = await self.collection.find(where, sort=sort, limit=limit, skip=skip).to_list()
        return [self._model.model_validate(document) for document in found]

    async def put(self, record: K, record_id: str = "") -> None:
        """Keep the record in place of an older one of the same id."""
        document = record.model_dump(mode="json")
        document["_id"] = record_id or document[self._key]
        await self.collection.put(document)

    def read(self, document: Document | None) -> K | None:
        """A document as a record."""
        return None if document is None else self._model.model_validate(document)
