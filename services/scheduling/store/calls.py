"""Calls in MongoDB: `calls`, and `call_cells` with one document for each person and five minutes.

A unique index on (person, cell) refuses every overlap, whichever service writes first.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable

from services.scheduling.domain.dates.records import CallRecord
from services.scheduling.store.turns import take_turns
from shared.errors import Rejected
from shared.mongo import ASCENDING, DESCENDING, Database, is_duplicate_key

__all__ = ["MongoCalls"]


class MongoCalls:
    """Port `Calls`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._calls = database["calls"]
        self._cells = database["call_cells"]

    async def call(self, call_id: str) -> CallRecord:
        """A call. Raises Rejected("unknown-call")."""
        found = await self._calls.find_one({"_id": call_id})
        if found is None:
            raise Rejected("unknown-call", f"There is no call '{call_id[:60]}'.")
        return CallRecord.model_validate(found)

    async def named(self, call_ids: Iterable[str]) -> dict[str, CallRecord]:
        """These calls by id, without those that are unknown."""
        found = self._calls.find({"_id": {"$in": list(call_ids)}})
        return {document["_id"]: CallRecord.model_validate(document) async for document in found}

    async def of(self, person_id: str) -> AsyncIterator[CallRecord]:
        """A person's calls, or all where no person is named; the latest first."""
        order = [("on", DESCENDING), ("starts", DESCENDING), ("_id", ASCENDING)]
        async for document in self._calls.find({"people": person_id} if person_id else {}, sort=order):
            yield CallRecord.model_validate(document)

    async def taken(self, people: Iterable[str], after: dt.datetime) -> dict[str, set[dt.datetime]]:
        """The cells (UTC) that are booked from an instant on for those of these people who have any."""
        where = {"person_id": {"$in": list(people)}, "cell": {"$gte": after}}
        found = defaultdict[str, set[dt.datetime]](set)
        async for document in self._cells.find(where, projection={"person_id": 1, "cell": 1}):
            found[document["person_id"]].add(document["cell"])
        return dict(found)

    async def book(self, call: CallRecord) -> None:
        """Save a call and take its cells. Raises Rejected("slot-taken") when somebody's time is taken."""
        await take_turns(self._database, [(person, call.on) for person in call.people])
        cells = [
            {"_id": f"{call.call_id}|{person}|{cell:%Y%m%dT%H%M}", "call_id": call.call_id}
            | {"person_id": person, "cell": cell}
            for person in call.people
            for cell in call.cells
        ]
        try:
            await self._cells.insert_many(cells)
        except Exception as error:
            if is_duplicate_key(error):
                raise Rejected("slot-taken", "Somebody has a call at this time already. Choose another.") from error
            raise
        await self._save(call)

    async def cancel(self, call: CallRecord) -> None:
        """Save a cancelled call and free its cells."""
        await self._cells.delete_many({"call_id": call.call_id})
        await self._save(call)

    async def _save(self, call: CallRecord) -> None:
        document = {"_id": call.call_id, **call.model_dump(mode="json")}
        await self._calls.put(document)
