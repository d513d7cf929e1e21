"""Rebuilds a lost stream from the outboxes, which keep everything published.

MongoDB is the truth; NATS can be rebuilt. The inboxes know what was handled, so nothing is handled twice.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from nats.js import JetStreamContext

from shared.bus import subjects
from shared.bus.collections import OUTBOX
from shared.bus.envelope import RESTORED
from shared.bus.timers import Timers
from shared.clock import Clock
from shared.mongo import Database, Document
from shared.operations.contents import contents

_STREAMS = {"event": subjects.EVENTS, "contact": subjects.PEOPLE, "forget": subjects.PEOPLE, "remind": subjects.TIMERS}
_SUBJECTS = {subjects.EVENTS: "events.>", subjects.PEOPLE: subjects.PEOPLE_PATTERN, subjects.TIMERS: "timers.>"}


async def rebuild(
    jetstream: JetStreamContext, databases: Sequence[Database], clock: Clock, restored: datetime | None = None
) -> dict[str, int]:
    """Put back what the outboxes know and the streams lack, oldest first over all services.

    Returns how many messages went into each stream. ``restored`` (when a backup was restored) goes along as a header,
    but for reminders that are due later.
    Services may be at work meanwhile. What was published before gets another message id, since within ten minutes the
    server takes the old one for a duplicate, whether it still holds the message or not.
    """
    present = await _present(jetstream)
    rows = [row for database in databases for row in await _rows(database) if row["ce_id"] not in present]
    counts = dict.fromkeys(sorted(set(_STREAMS.values())), 0)
    timers = Timers(jetstream, clock)
    for row in sorted(rows, key=lambda found: int(found["order"])):
        earlier = restored is not None and (row["kind"] != "remind" or row["due"] <= restored)
        headers = row["headers"] | ({RESTORED: restored.isoformat()} if restored and earlier else {})
        if row["kind"] == "remind":
            await timers.put(row["subject"], row["due"], headers, row["body"])
        else:
            headers["Nats-Msg-Id"] = row["ce_id"] if row.get("waiting") else f"{row['ce_id']}:again"
            await jetstream.publish(row["subject"], row["body"], headers=headers)
        counts[_STREAMS[row["kind"]]] += 1
    await _mark(databases, rows)
    return counts


async def _present(jetstream: JetStreamContext) -> set[str]:
    """The ids of all messages that the streams hold."""
    return {
        (message.headers or {}).get("ce-id", "")
        for stream, pattern in _SUBJECTS.items()
        async for message in contents(jetstream, stream, [pattern])
    }


async def _rows(database: Database) -> list[Document]:
    return await database[OUTBOX].find({"kind": {"$in": sorted(_STREAMS)}}).to_list()


async def _mark(databases: Sequence[Database], rows: Sequence[Document]) -> None:
    """What waited in an outbox has now been published."""
    now = datetime.now(UTC)
    published = {row["ce_id"] for row in rows}
    for database in databases:
        waiting = await database[OUTBOX].find({"waiting": {"$gt": 0}}, projection={"ce_id": 1, "kind": 1}).to_list()
        for row in waiting:
            if row["ce_id"] in published:
                mark = "sent" if row["kind"] == "event" else "on_bus"
                same = {"_id": row["_id"], "ce_id": row["ce_id"]}
                await database[OUTBOX].update_one(same, {"$set": {mark: now}, "$unset": {"waiting": 1}})
