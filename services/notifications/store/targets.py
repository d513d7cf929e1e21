"""Visits, events, agreed days and calls; groups; what is done."""

import datetime as dt
from collections.abc import Iterable

from services.notifications.domain.directory import Group
from services.notifications.domain.targets import Target
from services.notifications.store.documents import document, model, some
from shared.mongo import ASCENDING, Database


class MongoTargets:
    """Behind ``ports.Targets``."""

    def __init__(self, database: Database) -> None:
        self._targets = database["targets"]

    async def put(self, target: Target) -> None:
        """Keep one as it stands."""
        row = document(target.target_id, target)
        await self._targets.put(row)

    async def find(self, target_ids: Iterable[str]) -> dict[str, Target]:
        """Return those that are known, by id."""
        return {found["_id"]: model(Target, found) for found in await some(self._targets, target_ids)}

    async def next_of(self, person_id: str, today: dt.date) -> Target | None:
        """Return the first one, from this day on, that a person is invited to and that takes place."""
        theirs = [{"attendees.person_id": person_id}, {"facilitator_id": person_id}]
        where = {"$or": theirs, "state": "scheduled", "on": {"$gte": today.isoformat()}}
        soonest = [("on", ASCENDING), ("_id", ASCENDING)]
        rows = await self._targets.find(where, sort=soonest, limit=1).to_list()
        return model(Target, rows[0]) if rows else None

    async def ahead(self, programme_id: str, today: dt.date) -> list[Target]:
        """Return those of a programme that take place, from this day on, the soonest first."""
        where = {"programme_id": programme_id, "state": "scheduled", "on": {"$gte": today.isoformat()}}
        found = self._targets.find(where, sort=[("on", ASCENDING), ("_id", ASCENDING)])
        return [model(Target, row) async for row in found]


class MongoGroups:
    """Behind ``ports.Groups``."""

    def __init__(self, database: Database) -> None:
        self._groups = database["groups"]

    async def put(self, group: Group) -> None:
        """Keep a group unless the same version or a newer one is there."""
        await self._groups.put_newer(document(group.group_id, group))

    async def find(self, group_ids: Iterable[str]) -> dict[str, Group]:
        """Return those that are known, by id."""
        return {found["_id"]: model(Group, found) for found in await some(self._groups, group_ids)}


class MongoCompletions:
    """Behind ``ports.Completions``."""

    def __init__(self, database: Database) -> None:
        self._done = database["done"]

    async def put(self, key: str, sequence: int = 0) -> None:
        """Note that something is done, for the invitation of that SEQUENCE; a lower one changes nothing."""
        await self._done.update_one({"_id": key}, {"$max": {"sequence": sequence}}, upsert=True)

    async def find(self, keys: Iterable[str]) -> dict[str, int]:
        """Return which of these are done, with the SEQUENCE."""
        return {found["_id"]: found["sequence"] for found in await some(self._done, keys)}
