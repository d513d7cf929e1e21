"""The outbox: what a unit of work publishes, written in its transaction. The relay puts it on the bus afterwards.

Each event has a row, kept after sending so that a lost stream can be rebuilt. A contact card or reminder has one row
that holds its last state, as in its stream. So an erased person leaves no name behind.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from shared import telemetry
from shared.bus import envelope, subjects
from shared.bus.collections import OUTBOX
from shared.bus.envelope import Envelope
from shared.bus.reminder import CancelledReminder, Reminder
from shared.bus.subscriptions import type_name
from shared.bus.unit_of_work import Outgoing, UnitOfWork
from shared.errors import Permanent
from shared.events.base import Event
from shared.events.people import ContactCard, ContactForgotten
from shared.mongo import Database, Document, InsertOne, ReplaceOne, Write

MOST_BYTES = 1_000_000
_IDS = UUID("6f0cf1a7-9f1f-5d0e-8a52-0f0c6b1f1c11")
_last = 0


@dataclass(frozen=True)
class Cause:
    """Why something is published. Ids are derived from ``scope``, so the same cause gives the same ids.

    ``restored``: when the backup was restored from which the cause comes. Whatever is published because of it says so,
    too, but for reminders that come later: what they bring about cannot have happened before the restore.
    """

    service: str
    scope: str
    correlation_id: str
    causation_id: str
    restored: datetime | None = None


def next_order() -> int:
    """Return a number that grows within this process and nearly so across replicas."""
    global _last  # noqa: PLW0603 - one counter a process is the point
    _last = max(_last + 1, time.time_ns())
    return _last


async def prepare(database: Database, days: int) -> None:
    """Create the outbox's indexes."""
    await database[OUTBOX].create_index("waiting", sparse=True)
    await database[OUTBOX].create_index("sent", expireAfterSeconds=days * 86_400)
    await database[OUTBOX].create_index([("kind", 1), ("due", -1)])


async def save(database: Database, work: UnitOfWork, cause: Cause) -> int:
    """Write a unit's outgoing messages into the outbox, in the open transaction; return the number of rows."""
    if not work.outgoing:
        return 0
    rows = [row(fact, work, cause, number) for number, fact in enumerate(work.outgoing)]
    await database[OUTBOX].queue(*map(_kept, rows))
    return len(rows)


def _kept(line: Document) -> Write:
    """Return the write of a row: a contact card or reminder replaces the last."""
    return InsertOne(line) if line["kind"] == "event" else ReplaceOne({"_id": line["_id"]}, line, upsert=True)


def row(fact: Outgoing, work: UnitOfWork, cause: Cause, number: int) -> Document:
    """Return the outbox row of one outgoing message; raises Permanent when it is too large for the bus."""
    ce_id = str(uuid5(_IDS, f"{cause.scope}:{number}"))
    key, kind, subject, about = _place(fact, cause.service)
    body = b"" if isinstance(fact, CancelledReminder) else envelope.written(fact)
    if len(body) > MOST_BYTES:
        raise Permanent(f"{type(fact).__name__} has {len(body):,} bytes; the bus takes at most {MOST_BYTES:,}.")
    wrapped = Envelope(
        id=ce_id,
        type=type_name(type(fact)),
        source=f"kindred/{cause.service}",
        about=about,
        time=work.now,
        correlation_id=work.follows.get(number, cause.correlation_id),
        causation_id=cause.causation_id,
        actor=work.actor,
        traceparent=telemetry.traceparent(),
        restored=None if _comes_later(fact, cause) else cause.restored,
    )
    order = next_order()
    return {
        "_id": key or ce_id,
        "ce_id": ce_id,
        "kind": kind,
        "subject": subject,
        "headers": wrapped.headers(),
        "body": body,
        "due": fact.due if isinstance(fact, Reminder) else None,
        "order": order,
        "waiting": order,
        "told": datetime.now(UTC),
    }


def _comes_later(fact: Outgoing, cause: Cause) -> bool:
    return isinstance(fact, Reminder) and cause.restored is not None and fact.due > cause.restored


def _place(fact: Outgoing, service: str) -> tuple[str, str, str, str]:
    """Return the row's own key (events have none), its kind, the subject it goes to and what it is about."""
    match fact:
        case Event():
            return "", "event", fact.subject, fact.aggregate_id
        case ContactCard():
            return f"contact:{fact.person_id}", "contact", fact.subject, fact.person_id
        case ContactForgotten():
            return f"contact:{fact.person_id}", "forget", f"people.{fact.person_id}", fact.person_id
        case Reminder():
            key = reminder_key(fact.kind, fact.key)
            return key, "remind", subjects.schedule(service, fact.kind, fact.key), fact.key
        case CancelledReminder():
            key = reminder_key(fact.kind, fact.key)
            return key, "cancel", subjects.schedule(service, fact.kind, fact.key), fact.key


def reminder_key(kind: str, key: str) -> str:
    """Return the ``_id`` of a reminder's row."""
    return f"reminder:{kind}:{key}"


async def waiting(database: Database, limit: int) -> list[Document]:
    """Return unsent rows, oldest first. All are read each time: "those after the last" would miss late commits."""
    return await database[OUTBOX].find({"waiting": {"$gt": 0}}, sort=[("waiting", 1)], limit=limit).to_list()


async def mark(database: Database, rows: Sequence[Document], now: datetime) -> None:
    """Mark rows as sent, unless a newer message has replaced a row meanwhile."""
    events = [line["_id"] for line in rows if line["kind"] == "event"]
    if events:
        await database[OUTBOX].update_many({"_id": {"$in": events}}, {"$set": {"sent": now}, "$unset": {"waiting": 1}})
    for line in rows:
        if line["kind"] != "event":
            same = {"_id": line["_id"], "ce_id": line["ce_id"]}
            await database[OUTBOX].update_one(same, {"$set": {"on_bus": now}, "$unset": {"waiting": 1}})


async def backlog(database: Database) -> tuple[int, float]:
    """Return how many rows wait and the age in seconds of the oldest."""
    count = await database[OUTBOX].count({"waiting": {"$gt": 0}})
    oldest = await database[OUTBOX].find_one({"waiting": {"$gt": 0}}, sort=[("waiting", 1)]) if count else None
    return count, (datetime.now(UTC) - oldest["told"]).total_seconds() if oldest else 0.0
