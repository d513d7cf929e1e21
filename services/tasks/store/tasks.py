"""Tasks and mornings, as documents."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from services.tasks.domain.records import OWED, TaskRecord
from services.tasks.ports.tasks import Wish
from shared.mongo import ASCENDING, Database, Filter, ReplaceOne, Sort

__all__ = ["MongoMornings", "MongoTasks"]

_BY_ID = [("_id", ASCENDING)]
_BY_DUE = [("due", ASCENDING), ("_id", ASCENDING)]
_AFTER_ANY = "\U0010ffff"
"""Follows every id that begins with what stands before it."""


class MongoTasks:
    """The ports `Tasks` and `TaskSearch` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._tasks = database["tasks"]

    async def get(self, task_id: str) -> TaskRecord | None:
        """Return a task."""
        found = await self._tasks.find_one({"_id": task_id})
        return TaskRecord.model_validate(found) if found else None

    async def put(self, tasks: Sequence[TaskRecord]) -> None:
        """Save them in place of older ones."""
        writes = [
            ReplaceOne({"_id": task.task_id}, {"_id": task.task_id, **task.model_dump(mode="json")}, upsert=True)
            for task in tasks
        ]
        await self._tasks.bulk_write(writes, ordered=False)

    async def drop(self, task_ids: Collection[str]) -> None:
        """Delete tasks that nobody was told of."""
        if task_ids:
            await self._tasks.delete_many({"_id": {"$in": sorted(task_ids)}})

    async def of_things(self, thing_ids: Collection[str], keys: Collection[str] | None = None) -> list[TaskRecord]:
        """Return the tasks of these things, of all keys or of these, in order of their ids."""
        where: dict[str, Any] = {"thing_id": {"$in": sorted(thing_ids)}}
        if keys is not None:
            where["task"] = {"$in": sorted(keys)}
        return await self._all(where, _BY_ID)

    async def things_about(self, about_id: str) -> list[str]:
        """Return the keys of the things whose tasks are about that, in order."""
        found = self._tasks.find({"about_id": about_id}, projection={"thing_id": 1})
        return sorted({one["thing_id"] async for one in found})

    async def due(self, programme_id: str, day: dt.date, limit: int) -> list[TaskRecord]:
        """Return tasks for which something is to be done on that day or was before, the earliest first."""
        where = {"programme_id": programme_id, "next_on": {"$ne": None, "$lte": day.isoformat()}}
        return await self._all(where, [("next_on", ASCENDING), ("_id", ASCENDING)], limit=limit)

    async def search(self, wish: Wish, limit: int, offset: int) -> tuple[int, int, list[TaskRecord]]:
        """Return how many fit, how many of them are owed, and a page of them, the earliest due first."""
        where = _fitting(wish)
        total = await self._tasks.count(where)
        owed = await self._tasks.count({"$and": [where, {"state": {"$in": sorted(OWED)}}]})
        return total, owed, await self._all(where, _BY_DUE, limit=limit, skip=offset)

    async def _all(self, where: Filter, sort: Sort, *, limit: int = 0, skip: int = 0) -> list[TaskRecord]:
        found = self._tasks.find(where, sort=sort, limit=limit, skip=skip)
        return [TaskRecord.model_validate(one) async for one in found]


def _fitting(wish: Wish) -> dict[str, Any]:
    given = {
        "programme_id": wish.programme_id,
        "person_ids": wish.person_id,
        "school_id": wish.school_id,
        "task": wish.task,
        "state": wish.state,
    }
    where: dict[str, Any] = {name: value for name, value in given.items() if value}
    if wish.named:
        where["_id"] = {"$gte": wish.named, "$lt": wish.named + _AFTER_ANY}
    if wish.concerning:
        any_of = {"$in": sorted(wish.concerning)}
        where["$or"] = [{"person_ids": any_of}, {"school_id": any_of}]
    return where


class MongoMornings:
    """The port `Mornings` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._mornings = database["mornings"]

    async def claim(self, programme_id: str, days: Collection[dt.date]) -> list[dt.date]:
        """Note these mornings; return those that were not noted before, in order."""
        new = []
        for day in sorted(days):
            row = {"programme_id": programme_id, "day": day.isoformat()}
            key = {"_id": f"{programme_id}|{day.isoformat()}"}
            if not await self._mornings.update_one(key, {"$setOnInsert": row}, upsert=True):
                new.append(day)
        return new

    async def over(self, programme_id: str, day: dt.date) -> None:
        """Forget the mornings up to that day."""
        await self._mornings.delete_many({"programme_id": programme_id, "day": {"$lte": day.isoformat()}})
