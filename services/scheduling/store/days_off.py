"""Closure days of schools, and the days on which people cannot come or cohorts pause, in MongoDB."""

import datetime as dt
from collections.abc import Iterable

from shared.mongo import Collection, Database

__all__ = ["MongoDaysOff"]


class MongoDaysOff:
    """Port `DaysOff`."""

    def __init__(self, database: Database) -> None:
        self._closures = database["closures"]
        self._ruled_out = database["ruled_out"]

    async def close(self, school_id: str, days: Iterable[dt.date]) -> None:
        """Note closure days of a school."""
        await _add(self._closures, school_id, days)

    async def closures(self, schools: Iterable[str]) -> dict[str, list[dt.date]]:
        """Closure days by school."""
        return await _days(self._closures, schools)

    async def rule_out(self, person_id: str, days: Iterable[dt.date]) -> None:
        """Note days on which a person cannot come."""
        await _add(self._ruled_out, person_id, days)

    async def ruled_out(self, people: Iterable[str]) -> dict[str, list[dt.date]]:
        """Those days by person."""
        return await _days(self._ruled_out, people)

    async def forget(self, person_id: str) -> None:
        """Drop what is kept of a person's days."""
        await self._ruled_out.delete_one({"_id": person_id})


async def _add(collection: Collection, key: str, days: Iterable[dt.date]) -> None:
    wanted = sorted({day.isoformat() for day in days})
    if wanted:
        await collection.update_one({"_id": key}, {"$addToSet": {"days": {"$each": wanted}}}, upsert=True)


async def _days(collection: Collection, keys: Iterable[str]) -> dict[str, list[dt.date]]:
    found = collection.find({"_id": {"$in": list(keys)}})
    return {document["_id"]: sorted(dt.date.fromisoformat(day) for day in document["days"]) async for document in found}
