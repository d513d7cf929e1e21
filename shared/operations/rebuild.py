"""Rebuilding lost streams from the outboxes, which keep all that was ever told.

A stream is history to those who have handled it: the inboxes know which facts those are, so what is put back is not
handled twice. MongoDB is the truth; NATS can be rebuilt.
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

_STREAMS = {"event": subjects.EVENTS, "contact": subjects.PEOPLE, "forget": subjects.PEOPLE, "remind": subjects.TIMERS}


async def rebuild(
    jetstream: JetStreamContext, databases: Sequence[Database], clock: Clock, restored: str = ""
) -> dict[str, int]:
    """Put everything told back into the streams, oldest first over all services; return how many rows a stream.

    Rows keep their message ids, so that what a stream still holds from the last ten minutes is not put twice; beyond
    that the inboxes absorb the repetition. ``restored`` (when the backup was taken) goes along as a header.
    """
    rows = [row for database in databases for row in await _rows(database)]
    counts = dict.fromkeys(sorted(set(_STREAMS.values())), 0)
    timers = Timers(jetstream, clock)
    for row in sorted(rows, key=lambda found: int(found["order"])):
        headers = row["headers"] | ({RESTORED: restored} if restored else {})
        if row["kind"] == "remind":
            await timers.put(row["subject"], row["due"], headers, row["body"])
        else:
            headers["Nats-Msg-Id"] = row["ce_id"]
            await jetstream.publish(row["subject"], row["body"], headers=headers)
        counts[_STREAMS[row["kind"]]] += 1
    await _mark(databases, rows)
    return counts


async def _rows(database: Database) -> list[Document]:
    return await database[OUTBOX].find({"kind": {"$in": sorted(_STREAMS)}}).to_list()


async def _mark(databases: Sequence[Database], rows: Sequence[Document]) -> None:
    """What waited in an outbox has now been told."""
    now = datetime.now(UTC)
    told = {row["ce_id"] for row in rows}
    for database in databases:
        waiting = await database[OUTBOX].find({"waiting": {"$gt": 0}}, projection={"ce_id": 1, "kind": 1}).to_list()
        for row in waiting:
            if row["ce_id"] in told:
                mark = "sent" if row["kind"] == "event" else "on_bus"
                same = {"_id": row["_id"], "ce_id": row["ce_id"]}
                await database[OUTBOX].update_one(same, {"$set": {mark: now}, "$unset": {"waiting": 1}})
