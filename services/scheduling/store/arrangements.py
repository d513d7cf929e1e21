"""Arrangements in MongoDB, and `taken_days` with one document for each person and day that one of them takes.

Whoever takes a day of somebody takes a turn of it (`turns`), so of two transactions that give out the same day the
second runs again and sees the first.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from services.scheduling.domain.agreed.records import Arrangement
from services.scheduling.ports.arrangements import Taken
from services.scheduling.store.documents import one
from services.scheduling.store.turns import take_turns
from shared.commands.agreed_visits import ListDays
from shared.mongo import ASCENDING, Database, Document

__all__ = ["MongoArrangements"]

_BY_HOST = [("host_school_id", ASCENDING), ("_id", ASCENDING)]
_PEOPLE = ("person_id", "visits.attendees.person_id")
_STANDING = {"$filter": {"input": "$visits", "cond": {"$ne": ["$$this.state", "cancelled"]}}}
_SETTLED = {"$gte": [{"$size": _STANDING}, "$needed"]}
_STATES: dict[str, Document] = {
    "closed": {"closed": {"$nin": ["", None]}},
    "agreed": {"closed": {"$in": ["", None]}, "$expr": _SETTLED},
    "waiting": {"closed": {"$in": ["", None]}, "opened": {"$ne": None}, "$expr": {"$not": _SETTLED}},
    "not-open": {"closed": {"$in": ["", None]}, "opened": None, "$expr": {"$not": _SETTLED}},
}
"""How an arrangement stands, as its record says it, for a query."""


class MongoArrangements:
    """Port `Arrangements`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._arrangements = database["arrangements"]
        self._taken = database["taken_days"]

    async def get(self, arrangement_id: str) -> Arrangement | None:
        """An arrangement."""
        return await one(self._arrangements, arrangement_id, Arrangement)

    async def with_visit(self, visit_id: str) -> Arrangement | None:
        """The arrangement that a day is of."""
        found = await self._arrangements.find_one({"visits.visit_id": visit_id})
        return Arrangement.model_validate(found) if found else None

    async def of_match(self, match_id: str) -> list[Arrangement]:
        """All of a placement, by activity."""
        found = self._arrangements.find({"match_id": match_id}, sort=[("activity", ASCENDING)])
        return [Arrangement.model_validate(each) async for each in found]

    async def of_programme(self, programme_id: str, *, person_id: str = "", match_id: str = "") -> list[Arrangement]:
        """All of a programme, of somebody who is placed or invited, or of a placement; by host school."""
        where: dict[str, Any] = {"programme_id": programme_id}
        if match_id:
            where["match_id"] = match_id
        if person_id:
            where["$or"] = [{"person_id": person_id}, {"visits.attendees.person_id": person_id}]
        found = self._arrangements.find(where, sort=_BY_HOST)
        return [Arrangement.model_validate(each) async for each in found]

    async def page(self, wanted: ListDays) -> tuple[int, list[Arrangement]]:
        """How many fit, and a page of them: those in which nothing suits first, then by host school."""
        where: dict[str, Any] = {"programme_id": wanted.programme_id, **_STATES.get(wanted.state or "", {})}
        given = {"activity": wanted.activity, "match_id": wanted.match_id}
        where |= {name: value for name, value in given.items() if value}
        every: list[Document] = []
        if wanted.person_id:
            every.append({"$or": [{field: wanted.person_id} for field in _PEOPLE]})
        if wanted.concerning:
            any_of = {"$in": sorted(wanted.concerning)}
            every.append({"$or": [{field: any_of} for field in (*_PEOPLE, "host_school_id", "school_id")]})
        if wanted.named:
            begins = {"$gte": wanted.named, "$lt": f"{wanted.named}\uffff"}
            every.append({"$or": [{"_id": begins}, {"visits": {"$elemMatch": {"visit_id": begins}}}]})
        if every:
            where["$and"] = every
        steps: list[Document] = [
            {"$match": where},
            {"$addFields": {"suits_something": {"$eq": [{"$size": {"$ifNull": ["$declined", []]}}, 0]}}},
            {"$sort": {"suits_something": 1, "host_school_id": 1, "_id": 1}},
            {"$skip": wanted.offset},
            {"$limit": wanted.limit},
            {"$unset": "suits_something"},
        ]
        found = [Arrangement.model_validate(each) async for each in self._arrangements.aggregate(steps)]
        return await self._arrangements.count(where), found

    async def at_school(self, programme_id: str, school_id: str) -> list[Arrangement]:
        """Those that a school hosts, or sends somebody to."""
        either = [{"host_school_id": school_id}, {"school_id": school_id}]
        found = self._arrangements.find({"programme_id": programme_id, "$or": either}, sort=_BY_HOST)
        return [Arrangement.model_validate(each) async for each in found]

    async def put(self, record: Arrangement, now: dt.datetime) -> None:
        """Save it with the days that it takes at this time, and no others."""
        key = record.arrangement_id
        await self._arrangements.put({"_id": key, **record.model_dump(mode="json")})
        held = record.held_days(now)
        await take_turns(self._database, [(person, day) for person, day, _ in held])
        await self._taken.delete_many({"arrangement_id": key})
        if held:
            await self._taken.insert_many([_document(record, *each) for each in held])

    async def taken(self, people: Collection[str], now: dt.datetime, *, without: str = "") -> Taken:
        """The days that arrangements take from these people at this time, all but the one `without`."""
        where = {
            "person_id": {"$in": sorted(people)},
            "arrangement_id": {"$ne": without},
            "$or": [{"until": None}, {"until": {"$gt": now}}],
        }
        found = defaultdict[str, dict[dt.date, str]](dict)
        async for document in self._taken.find(where):
            found[document["person_id"]][dt.date.fromisoformat(document["on"])] = document["place"]
        return dict(found)

    async def forget(self, person_id: str) -> None:
        """Keep no day free for a person any more, and drop what they wrote."""
        await self._taken.delete_many({"person_id": person_id})
        theirs = {"declined": {"person_id": person_id}, "suits": {"person_id": person_id}}
        either = [{f"{name}.person_id": person_id} for name in theirs]
        await self._arrangements.update_many({"$or": either}, {"$pull": theirs})


def _document(record: Arrangement, person: str, day: dt.date, until: dt.datetime | None) -> Document:
    return {
        "_id": f"{record.arrangement_id}|{person}|{day}",
        "arrangement_id": record.arrangement_id,
        "person_id": person,
        "on": day.isoformat(),
        "place": record.host_school_id,
        "until": until,
    }
