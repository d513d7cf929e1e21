"""Calls that somebody is asked to choose a time for, in MongoDB."""

from collections.abc import AsyncIterator

from services.scheduling.domain.dates.records import CallOfferRecord
from shared.errors import Rejected
from shared.mongo import ASCENDING, DESCENDING, Database

__all__ = ["MongoCallOffers"]


class MongoCallOffers:
    """Port `CallOffers`."""

    def __init__(self, database: Database) -> None:
        self._offers = database["call_offers"]

    async def offer(self, offer_id: str) -> CallOfferRecord:
        """An offer of a call. Raises Rejected("unknown-offer")."""
        found = await self._offers.find_one({"_id": offer_id})
        if found is None:
            raise Rejected("unknown-offer", f"There is no offer of a call '{offer_id[:60]}'.")
        return CallOfferRecord.model_validate(found)

    async def of(self, person_id: str) -> AsyncIterator[CallOfferRecord]:
        """The offers of a host or to a person, or all where nobody is named; the latest first."""
        where = {"$or": [{"host_id": person_id}, {"person_id": person_id}]} if person_id else {}
        order = [("asked_at", DESCENDING), ("_id", ASCENDING)]
        async for document in self._offers.find(where, sort=order):
            yield CallOfferRecord.model_validate(document)

    async def put(self, offer: CallOfferRecord) -> None:
        """Save an offer of a call."""
        document = {"_id": offer.offer_id, **offer.model_dump(mode="json")}
        await self._offers.put(document)

    async def forget(self, person_id: str) -> None:
        """Drop the offers to a person, and those of calls with them."""
        await self._offers.delete_many({"$or": [{"person_id": person_id}, {"host_id": person_id}]})
