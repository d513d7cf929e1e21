"""Links, and what becomes of a person's when they go."""

import datetime as dt
from typing import Any

from services.portal.domain.links import Link
from services.portal.store import documents
from shared.mongo import Database
from shared.roster.mongo import MongoRoster


class MongoLinks:
    """The ports `Links` and `LinkChanges` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._links = database["links"]

    async def get(self, link_id: str) -> Link | None:
        """Return a link."""
        found = await self._links.find_one({"_id": link_id})
        return documents.link(found) if found else None

    async def of_person(self, person_id: str) -> list[Link]:
        """Return the links that a person was mailed, in no order."""
        return [documents.link(found) async for found in self._links.find({"person_id": person_id})]

    async def revoke(self, person_id: str, target_id: str = "") -> int:
        """Stop a person's links, all or those about one target; return how many."""
        where: dict[str, Any] = {"person_id": person_id} | ({"target_id": target_id} if target_id else {})
        return await self._links.update_many(where, {"$set": {"revoked": True}})

    async def open(self, link_id: str, now: dt.datetime) -> bool:
        """Note the first use of a link; return whether this was it."""
        where = {"_id": link_id, "opened_at": None}
        return await self._links.update_one(where, {"$set": {"opened_at": now}}) == 1


class MongoErasure:
    """The port `Erasure` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._links = MongoLinks(database)

    async def forget(self, person_id: str) -> None:
        """Drop a person's name, sessions, tokens and authenticator; their links open nothing any more."""
        await self._links.revoke(person_id)
        for collection in ("people", "accounts", "feeds", "seen", "second_factors"):
            await self._database[collection].delete_many({"_id": person_id})
        for collection in ("sessions", "api_tokens", "sign_in_attempts"):
            await self._database[collection].delete_many({"person_id": person_id})

    async def erase(self, person_id: str) -> None:
        """Drop what is kept of a person. Dates with others keep the id, of which nobody knows any more whose it is."""
        await self.forget(person_id)
        for collection in ("links", "answers", "submitted", "call_offers"):
            await self._database[collection].delete_many({"person_id": person_id})
        await self._database["call_offers"].delete_many({"host_id": person_id})
        await self._database["tasks"].delete_many({"person_ids": [person_id]})
        await MongoRoster(self._database).forget(person_id)
