"""The pause switch, suppressed addresses and what people choose to get."""

import datetime as dt
from collections.abc import Iterable

from shared.mongo import Database


class MongoPauseSwitch:
    """Behind ``ports.PauseSwitch``."""

    def __init__(self, database: Database) -> None:
        self._controls = database["controls"]

    async def paused(self) -> bool:
        """Return whether mails are held back."""
        found = await self._controls.find_one({"_id": "pause"})
        return bool(found and found["paused"])

    async def reason(self) -> str:
        """Return why mails are held back; "" where nobody has said, or they are not."""
        found = await self._controls.find_one({"_id": "pause", "paused": True})
        return str(found.get("reason", "")) if found else ""

    async def pause(self, paused: bool, reason: str = "") -> None:
        """Hold mails back, or go on."""
        change = {"$set": {"paused": paused, "reason": reason}}
        await self._controls.update_one({"_id": "pause"}, change, upsert=True)


class MongoSuppressions:
    """Behind ``ports.Suppressions``."""

    def __init__(self, database: Database) -> None:
        self._suppressed = database["suppressed"]

    async def add(self, address: str, mail_id: str, now: dt.datetime) -> None:
        """Write no more to an address; ``mail_id`` is the mail that was refused."""
        row = {"mail_id": mail_id, "since": now}
        await self._suppressed.update_one({"_id": address.lower()}, {"$setOnInsert": row}, upsert=True)

    async def lift(self, addresses: Iterable[str]) -> None:
        """Write to these addresses again."""
        await self._suppressed.delete_many({"_id": {"$in": sorted({one.lower() for one in addresses})}})

    async def among(self, addresses: Iterable[str]) -> set[str]:
        """Return those of the addresses that nothing is sent to, in lower case."""
        wanted = sorted({one.lower() for one in addresses})
        return {found["_id"] async for found in self._suppressed.find({"_id": {"$in": wanted}})}


class MongoPreferences:
    """Behind ``ports.Preferences``."""

    def __init__(self, database: Database) -> None:
        self._wishes = database["wishes"]

    async def choose(self, person_id: str, *, essential_only: bool) -> None:
        """Send this person only what is essential, or everything."""
        if essential_only:
            await self._wishes.update_one({"_id": person_id}, {"$set": {"essential_only": True}}, upsert=True)
        else:
            await self._wishes.delete_one({"_id": person_id})

    async def essential_only(self, person_ids: Iterable[str]) -> set[str]:
        """Return those who only want what is essential."""
        return {found["_id"] async for found in self._wishes.find({"_id": {"$in": sorted(set(person_ids))}})}
