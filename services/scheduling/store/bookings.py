"""Calls in MongoDB: `openings`, `calls`, `call_offers`, and `call_cells` with one document a person and five minutes.

A unique index on (person, cell) refuses every overlap, whichever service writes first.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence

from services.scheduling.domain.dates.booking import Opening
from services.scheduling.domain.dates.records import CallOfferRecord, CallRecord
from services.scheduling.store.turns import take_turns
from shared.errors import Rejected
from shared.mongo import ASCENDING, DESCENDING, Database, is_duplicate_key

__all__ = ["MongoCalls"]


class MongoCalls:
    """Port `Calls`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._openings = database["openings"]
        self._calls = database["calls"]
        self._cells = database["call_cells"]
        self._offers = database["call_offers"]

    async def openings(self, people: Iterable[str]) -> dict[str, tuple[Opening, ...]]:
        """The openings of those of these people who have any."""
        found = self._openings.find({"_id": {"$in": list(people)}})
        return {document["_id"]: tuple(map(_opening, document["openings"])) async for document in found}

    async def open(self, person_id: str, openings: Sequence[Opening]) -> None:
        """Save a person's openings in place of all before."""
        kept = [[one.on.isoformat(), one.first.isoformat(), one.last.isoformat()] for one in openings]
        if kept:
            await self._openings.replace_one({"_id": person_id}, {"_id": person_id, "openings": kept}, upsert=True)
        else:
            await self._openings.delete_one({"_id": person_id})

    async def taken(self, people: Iterable[str], after: dt.datetime) -> dict[str, set[dt.datetime]]:
        """The cells (UTC) that are booked from an instant on for those of these people who have any."""
        where = {"person_id": {"$in": list(people)}, "cell": {"$gte": after}}
        found = defaultdict[str, set[dt.datetime]](set)
        async for document in self._cells.find(where, projection={"person_id": 1, "cell": 1}):
            found[document["person_id"]].add(document["cell"])
        return dict(found)

    async def call(self, call_id: str) -> CallRecord:
        """A call. Raises Rejected("unknown-call")."""
        found = await self._calls.find_one({"_id": call_id})
        if found is None:
            raise Rejected("unknown-call", f"There is no call '{call_id[:60]}'.")
        return CallRecord.model_validate(found)

    async def calls(self, call_ids: Iterable[str]) -> dict[str, CallRecord]:
        """These calls by id, without those that are unknown."""
        found = self._calls.find({"_id": {"$in": list(call_ids)}})
        return {document["_id"]: CallRecord.model_validate(document) async for document in found}

    async def of(self, person_id: str) -> AsyncIterator[CallRecord]:
        """A person's calls, or all where no person is named; the latest first."""
        order = [("on", DESCENDING), ("starts", DESCENDING), ("_id", ASCENDING)]
        async for document in self._calls.find({"people": person_id} if person_id else {}, sort=order):
            yield CallRecord.model_validate(document)

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

    async def offer(self, offer_id: str) -> CallOfferRecord:
        """An offer of a call. Raises Rejected("unknown-offer")."""
        found = await self._offers.find_one({"_id": offer_id})
        if found is None:
            raise Rejected("unknown-offer", f"There is no offer of a call '{offer_id[:60]}'.")
        return CallOfferRecord.model_validate(found)

    async def offers_of(self, person_id: str) -> AsyncIterator[CallOfferRecord]:
        """The offers of a host or to a person, or all where nobody is named; the latest first."""
        where = {"$or": [{"host_id": person_id}, {"person_id": person_id}]} if person_id else {}
        order = [("asked_at", DESCENDING), ("_id", ASCENDING)]
        async for document in self._offers.find(where, sort=order):
            yield CallOfferRecord.model_validate(document)

    async def put_offer(self, offer: CallOfferRecord) -> None:
        """Save an offer of a call."""
        document = {"_id": offer.offer_id, **offer.model_dump(mode="json")}
        await self._offers.replace_one({"_id": offer.offer_id}, document, upsert=True)

    async def forget(self, person_id: str) -> None:
        """Drop a person's openings, the offers to them, and those of calls with them."""
        await self._offers.delete_many({"$or": [{"person_id": person_id}, {"host_id": person_id}]})
        await self._openings.delete_one({"_id": person_id})

    async def _save(self, call: CallRecord) -> None:
        document = {"_id": call.call_id, **call.model_dump(mode="json")}
        await self._calls.replace_one({"_id": call.call_id}, document, upsert=True)


def _opening(kept: Sequence[str]) -> Opening:
    on, first, last = kept
    return Opening(dt.date.fromisoformat(on), dt.time.fromisoformat(first), dt.time.fromisoformat(last))
