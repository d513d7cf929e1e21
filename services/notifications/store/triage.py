"""Incoming mails that a person must look at. An index drops them after 90 days."""

import datetime as dt

from shared.mongo import DESCENDING, Database, Document

_MOST_SHOWN = 200
_MOST_KEPT = 100_000


class MongoTriage:
    """Behind ``ports.Triage``."""

    def __init__(self, database: Database) -> None:
        self._triage = database["triage"]

    async def keep(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        """Keep a message for a person to look at; the same key again changes nothing."""
        row = _row(why, subject, sender, now, content)
        await self._triage.update_one({"_id": key}, {"$setOnInsert": row}, upsert=True)

    async def file(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        """Keep a message that nobody has to look at; the same key again changes nothing."""
        row = {**_row(why, subject, sender, now, content), "filed": True}
        await self._triage.update_one({"_id": key}, {"$setOnInsert": row}, upsert=True)

    async def waiting(self) -> list[tuple[dt.datetime, str, str]]:
        """Return what waits for a person: received at, why, subject; newest first."""
        rows = self._triage.find(
            {"filed": {"$ne": True}}, sort=[("received_at", DESCENDING)], limit=_MOST_SHOWN, projection={"content": 0}
        )
        return [(row["received_at"], row["why"], row["subject"]) async for row in rows]

    async def forget(self, sender: str) -> None:
        """Drop what came from this address."""
        await self._triage.delete_many({"sender": sender.lower()})


def _row(why: str, subject: str, sender: str, now: dt.datetime, content: bytes) -> Document:
    return {
        "why": why,
        "subject": subject,
        "sender": sender.lower(),
        "received_at": now,
        "content": content[:_MOST_KEPT],
    }
