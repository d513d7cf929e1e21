"""Incoming mails that a person must look at. An index drops them after 90 days."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import asdict

from services.notifications.domain.kept import Concern, KeptMessage, Waiting
from shared.commands.notifications_replies import ListReplies, ReplyState
from shared.mongo import ASCENDING, DESCENDING, Database, Document

_MOST_SHOWN = 200
_MOST_KEPT = 100_000
_WITHOUT_CONTENT = {"content": 0}
_STATES: dict[ReplyState, Document] = {
    "waiting": {"filed": {"$ne": True}, "done": {"$ne": True}},
    "filed": {"filed": True},
    "done": {"done": True},
}


class MongoTriage:
    """Behind ``ports.Triage`` and ``Announcements``."""

    def __init__(self, database: Database) -> None:
        self._triage = database["triage"]

    async def keep(self, message: KeptMessage) -> None:
        """Keep a message, waiting or filed; the same key again changes nothing. The sender is in lower case."""
        await self._triage.update_one({"_id": message.key}, {"$setOnInsert": _row(message)}, upsert=True)

    async def waiting(self) -> list[tuple[dt.datetime, str, str]]:
        """Return what waits for a person: received at, why, subject; newest first."""
        rows = await self._newest(_STATES["waiting"], _MOST_SHOWN)
        return [(row.received_at, row.why, row.subject) for row in rows]

    async def page(self, wanted: ListReplies) -> tuple[int, list[KeptMessage]]:
        """Return how many messages fit, and a page of them, newest first, without their content."""
        where: Document = {**_STATES[wanted.state]}
        if wanted.target_id:
            where["concern.target_id"] = wanted.target_id
        either: list[Document] = []
        if wanted.search:
            part = {"$regex": re.escape(wanted.search), "$options": "i"}
            either += [{"sender": part}, {"subject": part}]
        if wanted.concerning:
            either.append({"concern.person_id": {"$in": sorted(wanted.concerning)}})
        if either:
            where["$or"] = either
        return await self._triage.count(where), await self._newest(where, wanted.limit, wanted.offset)

    async def one(self, key: str) -> KeptMessage | None:
        """Return a message with its content."""
        found = await self._triage.find_one({"_id": key})
        return _kept(found) if found else None

    async def close(self, key: str) -> None:
        """Note that somebody has dealt with a message."""
        await self._triage.update_one({"_id": key}, {"$set": {"done": True}, "$unset": {"filed": "", "untold": ""}})

    async def forget(self, sender: str, person_id: str) -> None:
        """Drop what came from this address, if there is one, or concerns this person."""
        theirs: list[Document] = [{"concern.person_id": person_id}, {"concern.writer_id": person_id}]
        if sender:
            theirs.append({"sender": sender.lower()})
        await self._triage.delete_many({"$or": theirs})

    async def unannounced(self, limit: int) -> list[KeptMessage]:
        """Return messages that wait and that no coordinator has been told of, oldest first, without their content."""
        oldest = [("received_at", ASCENDING), ("_id", ASCENDING)]
        rows = self._triage.find({"untold": True}, sort=oldest, limit=limit, projection=_WITHOUT_CONTENT)
        return [_kept(row) async for row in rows]

    async def announced(self, key: str, forwarded_on: dt.date | None) -> None:
        """Note that coordinators are told of a message, and the day if it was forwarded to them at once."""
        forwarded = {"$set": {"forwarded_on": forwarded_on.isoformat()}} if forwarded_on else {}
        await self._triage.update_one({"_id": key}, {"$unset": {"untold": ""}, **forwarded})

    async def forwarded(self, programme_id: str, on: dt.date) -> int:
        """Count the messages of a programme that were forwarded on a day."""
        return await self._triage.count({"forwarded_on": on.isoformat(), "concern.programme_ids": programme_id})

    async def waiting_for(self, programme_ids: Collection[str], limit: int, *, unplaced: bool) -> Waiting:
        """Return what waits of these programmes, with ``unplaced`` also what belongs to none; without content."""
        own: Document = {"concern.programme_ids": {"$in": sorted(programme_ids)}}
        nobodys: Document = {"concern.programme_ids.0": {"$exists": False}}
        where = {**_STATES["waiting"], "$or": [own, nobodys] if unplaced else [own]}
        return Waiting(await self._triage.count(where), tuple(await self._newest(where, limit)))

    async def _newest(self, where: Document, limit: int, skip: int = 0) -> list[KeptMessage]:
        newest = [("received_at", DESCENDING), ("_id", DESCENDING)]
        rows = self._triage.find(where, sort=newest, limit=limit, skip=skip, projection=_WITHOUT_CONTENT)
        return [_kept(row) async for row in rows]


def _row(message: KeptMessage) -> Document:
    fields: Document = {name: getattr(message, name) for name in ("why", "subject", "sender", "received_at")}
    concern = {**asdict(message.concern), "programme_ids": list(message.concern.programme_ids)}
    state = {"filed": True} if message.state == "filed" else {"untold": True}
    return {**fields, "content": message.content[:_MOST_KEPT], "concern": concern, "follows": message.follows, **state}


def _kept(row: Document) -> KeptMessage:
    state: ReplyState = "done" if row.get("done") else "filed" if row.get("filed") else "waiting"
    said = {name: row[name] for name in ("received_at", "why", "subject", "sender")}
    found = row.get("concern", {})
    concern = Concern(**{**found, "programme_ids": tuple(found.get("programme_ids", ()))})
    said |= {"content": bytes(row.get("content", b"")), "follows": row.get("follows", "")}
    return KeptMessage(key=row["_id"], state=state, concern=concern, **said)
