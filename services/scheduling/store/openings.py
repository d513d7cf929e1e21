"""When people can be called, in MongoDB."""

import datetime as dt
from collections.abc import Iterable, Sequence

from services.scheduling.domain.dates.booking import Opening
from shared.mongo import Database

__all__ = ["MongoOpenings"]


class MongoOpenings:
    """Port `Openings`."""

    def __init__(self, database: Database) -> None:
        self._openings = database["openings"]

    async def openings(self, people: Iterable[str]) -> dict[str, tuple[Opening, ...]]:
        """The openings of those of these people who have any."""
        found = self._openings.find({"_id": {"$in": list(people)}})
        return {document["_id"]: tuple(map(_opening, document["openings"])) async for document in found}

    async def put(self, person_id: str, openings: Sequence[Opening]) -> None:
        """Save a person's openings in place of all before."""
        kept = [[one.on.isoformat(), one.first.isoformat(), one.last.isoformat()] for one in openings]
        if kept:
            await self._openings.put({"_id": person_id, "openings": kept})
        else:
            await self._openings.delete_one({"_id": person_id})

    async def forget(self, person_id: str) -> None:
        """Drop a person's openings."""
        await self._openings.delete_one({"_id": person_id})


def _opening(kept: Sequence[str]) -> Opening:
    on, first, last = kept
    return Opening(dt.date.fromisoformat(on), dt.time.fromisoformat(first), dt.time.fromisoformat(last))
