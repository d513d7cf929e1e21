"""Closure days of schools, and the days on which people cannot come or cohorts pause, in MongoDB."""

import datetime as dt
from collections.abc import Iterable

from services.scheduling.domain.calendars.inspections import Inspections
from shared.mongo import ASCENDING, Collection, Database

__all__ = ["MongoDaysOff"]


class MongoDaysOff:
    """Port `DaysOff`."""

    def __init__(self, database: Database) -> None:
        self._closures = database["closures"]
        self._ruled_out = database["ruled_out"]
        self._inspections = database["inspections"]

    async def close(self, school_id: str, days: Iterable[dt.date]) -> None:
        """Note closure days of a school."""
        await _add(self._closures, school_id, days)

    async def closures(self, schools: Iterable[str]) -> dict[str, list[dt.date]]:
        """Closure days and days of inspections by school."""
        wanted = list(schools)
        closed = await _days(self._closures, wanted)
        for school_id, one in (await self.inspections(wanted)).items():
            if one.windows:
                closed[school_id] = sorted({*closed.get(school_id, ()), *one.days()})
        return closed

    async def inspections(self, schools: Iterable[str]) -> dict[str, Inspections]:
        """Inspections by school."""
        found = self._inspections.find({"_id": {"$in": list(schools)}})
        return {document["_id"]: Inspections.model_validate(document) async for document in found}

    async def inspected_from(self, day: dt.date) -> list[Inspections]:
        """The schools with an inspection on that day or later, by id."""
        found = self._inspections.find({"windows.last": {"$gte": day.isoformat()}}, sort=[("_id", ASCENDING)])
        return [Inspections.model_validate(document) async for document in found]

    async def put_inspections(self, inspections: Inspections) -> None:
        """Save a school's inspections."""
        document = {"_id": inspections.school_id, **inspections.model_dump(mode="json")}
        await self._inspections.put(document)

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
