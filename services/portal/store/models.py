"""The read models as the projections write them. Facts older than what is kept are ignored; writes may run again."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from shared.mongo import Database, DuplicateKey


class MongoModels:
    """`ports.Models` on the portal's database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def put(self, collection: str, key: str, version: int, fields: Mapping[str, Any]) -> bool:
        """Keep a whole state unless a later one is kept; fields it does not name stay. Tell whether it was newer."""
        models = self.database[collection]
        found = await models.find_one({"_id": key}, projection={"version": 1})
        if found is not None and found.get("version", 0) >= version:
            return False
        await models.update_one({"_id": key}, {"$set": {**fields, "version": version}}, upsert=True)
        return True

    async def mark(self, collection: str, key: str, fields: Mapping[str, Any]) -> None:
        """Set some fields of what is kept; what is not there stays away."""
        await self.database[collection].update_one({"_id": key}, {"$set": dict(fields)})

    async def add(self, collection: str, key: str, field: str, value: str) -> None:
        """Add a value to a set of what is kept."""
        await self.database[collection].update_one({"_id": key}, {"$addToSet": {field: value}})

    async def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """Return what is kept under a key."""
        return await self.database[collection].find_one({"_id": key})

    async def sent(self, purpose: str, target_id: str, person_id: str) -> None:
        """Note that a person has sent in a form."""
        fields = {"purpose": purpose, "target_id": target_id, "person_id": person_id}
        key = f"{purpose}:{target_id}:{person_id}"
        await self.database["submitted"].update_one({"_id": key}, {"$set": fields}, upsert=True)

    async def findings_sent(self, cohort_id: str, school_id: str) -> None:
        """Note that a school's findings are in."""
        where = {"cohort_id": cohort_id, "school_id": school_id}
        await self.database["findings_asked"].update_many(where, {"$set": {"sent": True}})

    async def revoke(self, person_id: str, target_id: str = "") -> int:
        """Stop a person's links, all or those about one target; return how many."""
        where: dict[str, Any] = {"person_id": person_id} | ({"target_id": target_id} if target_id else {})
        return await self.database["links"].update_many(where, {"$set": {"revoked": True}})

    async def forget(self, person_id: str) -> None:
        """Drop what is kept of a person; their links open nothing any more."""
        await self.revoke(person_id)
        await self.database["people"].delete_many({"_id": person_id})

    async def erase(self, person_id: str) -> None:
        """Drop what is kept of a person; dates with others keep the id, of which nobody knows any more whose it is."""
        await self.forget(person_id)
        for collection in ("links", "answers", "submitted", "call_offers"):
            await self.database[collection].delete_many({"person_id": person_id})
        await self.database["call_offers"].delete_many({"host_id": person_id})

    async def open_link(self, link_id: str, now: dt.datetime) -> bool:
        """Note the first use of a link; tell whether this was it."""
        where = {"_id": link_id, "opened_at": None}
        return await self.database["links"].update_one(where, {"$set": {"opened_at": now}}) == 1


async def signing_key(database: Database, fresh: str) -> str:
    """Return the key that signs sessions, the same for every replica; `fresh` becomes it where there is none."""
    kept = await database["keys"].find_one({"_id": "sessions"})
    if kept is None:
        try:
            await database["keys"].insert_one({"_id": "sessions", "key": fresh})
        except DuplicateKey:
            kept = await database["keys"].find_one({"_id": "sessions"})
    return str(kept["key"]) if kept else fresh


async def prepare(database: Database) -> None:
    """Create the indexes the pages read by."""
    wanted = {
        "links": ("person_id",),
        "schools": ("programme_id", "members.person_id"),
        "dated": ("attendees.person_id", "facilitator_id", "host_school_id"),
        "groups": ("school_ids",),
        "answers": ("person_id",),
        "agreements": ("person_ids",),
        "call_offers": ("person_id", "host_id"),
        "calls": ("person_ids",),
        "findings_asked": ("person_ids", "school_id"),
        "reports": ("school_id",),
        "submitted": ("person_id",),
    }
    for collection, keys in wanted.items():
        for key in keys:
            await database[collection].create_index(key)
