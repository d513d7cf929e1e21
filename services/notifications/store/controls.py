"""Switches, suppressed addresses, wishes, and what nobody could place."""

import datetime as dt
from collections.abc import Iterable

from shared.mongo import DESCENDING, Database

_MOST_SHOWN = 200
_MOST_KEPT = 100_000


class MongoControls:
    """Behind ``ports.Controls``."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def paused(self) -> bool:
        """Tell whether mails are held back."""
        found = await self._db["controls"].find_one({"_id": "pause"})
        return bool(found and found["paused"])

    async def pause(self, paused: bool) -> None:
        """Hold mails back, or go on."""
        await self._db["controls"].update_one({"_id": "pause"}, {"$set": {"paused": paused}}, upsert=True)

    async def suppress(self, address: str, mail_id: str, now: dt.datetime) -> None:
        """Write no more to an address."""
        row = {"mail_id": mail_id, "since": now}
        await self._db["suppressed"].update_one({"_id": address.lower()}, {"$setOnInsert": row}, upsert=True)

    async def lift(self, addresses: Iterable[str]) -> None:
        """Write to these addresses again."""
        await self._db["suppressed"].delete_many({"_id": {"$in": sorted({one.lower() for one in addresses})}})

    async def suppressed(self, addresses: Iterable[str]) -> set[str]:
        """Return those of the addresses that are not written to."""
        wanted = sorted({one.lower() for one in addresses})
        return {found["_id"] async for found in self._db["suppressed"].find({"_id": {"$in": wanted}})}

    async def wish(self, person_id: str, *, essential_only: bool) -> None:
        """Send this person only what is essential, or everything."""
        if essential_only:
            await self._db["wishes"].update_one({"_id": person_id}, {"$set": {"essential_only": True}}, upsert=True)
        else:
            await self._db["wishes"].delete_one({"_id": person_id})

    async def essential_only(self, person_ids: Iterable[str]) -> set[str]:
        """Return those who only want what is essential."""
        return {found["_id"] async for found in self._db["wishes"].find({"_id": {"$in": sorted(set(person_ids))}})}

    async def triage(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        """Keep a message for a person to look at; the same key again changes nothing."""
        row = {
            "why": why,
            "subject": subject,
            "sender": sender.lower(),
            "received_at": now,
            "content": content[:_MOST_KEPT],
        }
        await self._db["triage"].update_one({"_id": key}, {"$setOnInsert": row}, upsert=True)

    async def triaged(self) -> list[tuple[dt.datetime, str, str]]:
        """Return what waits for a person: received at, why, subject; newest first."""
        rows = self._db["triage"].find(sort=[("received_at", DESCENDING)], limit=_MOST_SHOWN, projection={"content": 0})
        return [(row["received_at"], row["why"], row["subject"]) async for row in rows]

    async def forget(self, person_id: str, address: str) -> None:
        """Drop what is kept of a person and their address."""
        await self._db["suppressed"].delete_one({"_id": address.lower()})
        await self._db["wishes"].delete_one({"_id": person_id})
        await self._db["triage"].delete_many({"sender": address.lower()})
