"""Incoming mails that a person must look at. An index drops them after 90 days."""

import datetime as dt

from services.notifications.domain.kept import KeptMessage
from shared.commands.notifications_replies import ReplyState
from shared.mongo import DESCENDING, Database, Document

_MOST_SHOWN = 200
_MOST_KEPT = 100_000
_STATES: dict[ReplyState, Document] = {
    "waiting": {"filed": {"$ne": True}, "done": {"$ne": True}},
    "filed": {"filed": True},
    "done": {"done": True},
}


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
        return [(row.received_at, row.why, row.subject) for row in await self.found("waiting", _MOST_SHOWN)]

    async def found(self, state: ReplyState, limit: int) -> list[KeptMessage]:
        """Return messages in a state, newest first, without their content."""
        newest = [("received_at", DESCENDING)]
        rows = self._triage.find(_STATES[state], sort=newest, limit=limit, projection={"content": 0})
        return [_kept(row) async for row in rows]

    async def one(self, key: str) -> KeptMessage | None:
        """Return a message with its content."""
        found = await self._triage.find_one({"_id": key})
        return _kept(found) if found else None

    async def close(self, key: str) -> None:
        """Note that somebody has dealt with a message."""
        await self._triage.update_one({"_id": key}, {"$set": {"done": True}, "$unset": {"filed": ""}})

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


def _kept(row: Document) -> KeptMessage:
    state: ReplyState = "done" if row.get("done") else "filed" if row.get("filed") else "waiting"
    said = {name: row[name] for name in ("received_at", "why", "subject", "sender")}
    return KeptMessage(key=row["_id"], state=state, content=bytes(row.get("content", b"")), **said)
