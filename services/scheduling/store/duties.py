"""Duties in MongoDB: one document each, found by school, by person and by their days."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from services.scheduling.domain.duties.records import Duty, PersonWeek, TickedWeek
from services.scheduling.domain.record import Record
from services.scheduling.store.turns import take
from shared.mongo import ASCENDING, Database, ReplaceOne
from shared.mongo import Collection as Documents

__all__ = ["MongoDuties", "duty_indexes"]

_ORDER = [("school_id", ASCENDING), ("activity", ASCENDING), ("_id", ASCENDING)]
AT_ONCE = 500


async def duty_indexes(database: Database) -> None:
    """Create the indexes that duties are read by."""
    duties = database["duties"]
    for fields in (("programme_id", "year", "school_id"), ("people", "year"), ("programme_id", "days")):
        await duties.create_index([(field, ASCENDING) for field in fields])
    await database["duty_ticks"].create_index([("duty_id", ASCENDING), ("week", ASCENDING)])
    await duties.create_index([("rhythms.decided_by", ASCENDING)])
    await database["duty_ticks"].create_index([("by", ASCENDING)])
    await database["duty_weeks"].create_index([("person_id", ASCENDING)])
    await database["duty_weeks"].create_index([("programme_id", ASCENDING), ("monday", ASCENDING)])


class MongoDuties:
    """Port `Duties`."""

    def __init__(self, database: Database) -> None:
        self._duties = database["duties"]
        self._ticks = database["duty_ticks"]
        self._weeks = database["duty_weeks"]
        self._turns = database["duty_turns"]

    async def claim(self, programme_id: str) -> None:
        """Take the turn of a programme's duties."""
        await take(self._turns, [programme_id], "the duties of this programme")

    async def put(self, duties: Iterable[Duty]) -> None:
        """Save them; `people` is what they are found by."""
        await _put(self._duties, {one.duty_id: one for one in duties}, people=True)

    async def at_schools(self, programme_id: str, school_ids: Collection[str], year: int) -> list[Duty]:
        """The duties of a school year at these schools."""
        return await self._found({"programme_id": programme_id, "year": year, "school_id": {"$in": sorted(school_ids)}})

    async def of_programme(
        self, programme_id: str, year: int, *, school_id: str = "", person_id: str = "", activity: str = "",
        without_day: bool = False,
    ) -> list[Duty]:  # fmt: skip
        """The duties of a school year."""
        given = {"school_id": school_id, "people": person_id, "activity": activity}
        where: dict[str, Any] = {name: value for name, value in given.items() if value}
        where |= {"gaps.0": {"$exists": True}} if without_day else {}
        return await self._found({"programme_id": programme_id, "year": year, **where})

    async def of_people(self, person_ids: Collection[str], year: int) -> list[Duty]:
        """The duties that these people have or had."""
        return await self._found({"people": {"$in": sorted(person_ids)}, "year": year})

    async def between(self, programme_id: str, first: dt.date, last: dt.date) -> list[Duty]:
        """Those with a day between these two."""
        days = {"$elemMatch": {"$gte": first.isoformat(), "$lte": last.isoformat()}}
        return await self._found({"programme_id": programme_id, "days": days})

    async def ticked(
        self, duty_ids: Collection[str], weeks: Collection[dt.date] = ()
    ) -> Mapping[tuple[str, dt.date], TickedWeek]:
        """What was said of these duties."""
        where: dict[str, Any] = {"duty_id": {"$in": sorted(duty_ids)}}
        if weeks:
            where["week"] = {"$in": sorted(week.isoformat() for week in weeks)}
        found = [TickedWeek.model_validate(each) async for each in self._ticks.find(where)]
        return {(one.duty_id, one.week): one for one in found}

    async def put_ticked(self, weeks: Iterable[TickedWeek]) -> None:
        """Save what was said."""
        await _put(self._ticks, {f"{one.duty_id}|{one.week}": one for one in weeks})

    async def week(self, week_id: str) -> PersonWeek | None:
        """Somebody's week."""
        found = await self._weeks.find_one({"_id": week_id})
        return PersonWeek.model_validate(found) if found else None

    async def weeks(self, programme_id: str, monday: dt.date) -> list[PersonWeek]:
        """Everybody's week from that Monday."""
        where = {"programme_id": programme_id, "monday": monday.isoformat()}
        return [PersonWeek.model_validate(each) async for each in self._weeks.find(where, sort=[("_id", ASCENDING)])]

    async def put_weeks(self, weeks: Iterable[PersonWeek]) -> None:
        """Save them."""
        await _put(self._weeks, {one.week_id: one for one in weeks})

    async def forget(self, person_id: str) -> None:
        """Take somebody out: their weeks go, what was done stays without them."""
        await self._weeks.delete_many({"person_id": person_id})
        await self._ticks.update_many({"by": person_id}, {"$set": {"by": ""}})
        concerned = await self._found({"$or": [{"people": person_id}, {"rhythms.decided_by": person_id}]})
        await self.put([one.without(person_id) for one in concerned])

    async def _found(self, where: dict[str, Any]) -> list[Duty]:
        found = self._duties.find(where, sort=_ORDER)
        return [Duty.model_validate(each) async for each in found]


async def _put(collection: Documents, records: Mapping[str, Record], *, people: bool = False) -> None:
    writes = [
        ReplaceOne({"_id": key}, {"_id": key, **one.model_dump(mode="json"), **_found_by(one, people)}, upsert=True)
        for key, one in records.items()
    ]
    for at in range(0, len(writes), AT_ONCE):
        await collection.bulk_write(writes[at : at + AT_ONCE], ordered=False)


def _found_by(record: Record, people: bool) -> dict[str, list[str]]:
    return {"people": sorted(record.people)} if people and isinstance(record, Duty) else {}
