"""The collections of the read models in memory, and what is written to them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from services.portal.domain.links import Link
from services.portal.store import documents
from shared.roster import Roster

Row = dict[str, Any]


class Collections:
    """Rows by collection and key, as documents."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Row]] = {}

    def of(self, collection: str) -> dict[str, Row]:
        return self.kept.setdefault(collection, {})

    def one(self, collection: str, key: str) -> Row | None:
        found = self.of(collection).get(key)
        return {"_id": key, **found} if found is not None else None

    def all(self, collection: str) -> list[Row]:
        return [{"_id": key, **row} for key, row in self.of(collection).items()]


class MemoryModels:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def put(self, collection: str, key: str, version: int, fields: Mapping[str, Any]) -> None:
        found = self._collections.of(collection).setdefault(key, {})
        if found.get("version", 0) < version:
            found.update(fields, version=version)

    async def mark(self, collection: str, key: str, fields: Mapping[str, Any]) -> None:
        self._collections.of(collection).get(key, {}).update(fields)

    async def add(self, collection: str, key: str, field: str, value: str) -> None:
        held = self._collections.of(collection).get(key, {}).setdefault(field, [])
        if value not in held:
            held.append(value)

    async def get(self, collection: str, key: str) -> Row | None:
        return self._collections.one(collection, key)


class MemoryLinks:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def get(self, link_id: str) -> Link | None:
        found = self._collections.one("links", link_id)
        return documents.link(found) if found else None

    async def of_person(self, person_id: str) -> list[Link]:
        return [documents.link(one) for one in self._collections.all("links") if one["person_id"] == person_id]

    async def revoke(self, person_id: str, target_id: str = "") -> int:
        theirs = [one for one in self._collections.of("links").values() if one["person_id"] == person_id]
        chosen = [one for one in theirs if not target_id or one["target_id"] == target_id]
        for one in chosen:
            one["revoked"] = True
        return len(chosen)

    async def open(self, link_id: str, now: dt.datetime) -> bool:
        found = self._collections.of("links").get(link_id)
        if found is None or found.get("opened_at") is not None:
            return False
        found["opened_at"] = now
        return True


class MemoryErasure:
    def __init__(self, collections: Collections, roster: Roster) -> None:
        self._collections = collections
        self._roster = roster

    async def forget(self, person_id: str) -> None:
        await MemoryLinks(self._collections).revoke(person_id)
        for collection in ("people", "accounts", "feeds", "seen", "second_factors"):
            self._collections.of(collection).pop(person_id, None)
        for kind in ("sessions", "api_tokens", "sign_in_attempts"):
            rows = self._collections.of(kind)
            for key in [key for key, one in rows.items() if one["person_id"] == person_id]:
                del rows[key]

    async def erase(self, person_id: str) -> None:
        await self.forget(person_id)
        for collection in ("links", "answers", "submitted", "call_offers"):
            rows = self._collections.of(collection)
            for key in [key for key, one in rows.items() if person_id in {one["person_id"], one.get("host_id")}]:
                del rows[key]
        owed = self._collections.of("tasks")
        for key in [key for key, one in owed.items() if one["person_ids"] == [person_id]]:
            del owed[key]
        await self._roster.forget(person_id)
