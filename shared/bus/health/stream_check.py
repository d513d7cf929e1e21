"""Do the streams still hold what a service's outbox says it put there? A lost volume leaves green, empty streams.

The newest sent event, one contact card and the reminder that is due last are looked up by subject, which finds a lost
stream; ``kindred bus rebuild`` compares everything.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from shared.bus import subjects
from shared.bus.collections import OUTBOX
from shared.mongo import Database, Document

EVERY = 5.0
_SOON = timedelta(minutes=2)
"""A reminder due this soon may fire, and so leave the stream, while it is looked up."""


class StreamCheck:
    """Compares one service's outbox with the streams, at most every five seconds. ``found``: what it saw last."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._outbox = database[OUTBOX]
        self._now = now
        self._asked = 0.0
        self.found: list[str] = []

    async def problems(self, jetstream: JetStreamContext) -> list[str]:
        """Return a sentence for each stream that lacks what was put on it."""
        if time.monotonic() - self._asked >= EVERY:
            self.found = [
                f"the stream {stream} lacks what this service published: run `kindred bus rebuild`"
                for stream, row in await self._samples()
                if not await _holds(jetstream, stream, row["subject"])
            ]
            self._asked = time.monotonic()
        return self.found

    async def _samples(self) -> list[tuple[str, Document]]:
        sent = {"kind": "event", "sent": {"$exists": True}}
        card = {"kind": "contact", "on_bus": {"$exists": True}}
        reminder = {"kind": "remind", "on_bus": {"$exists": True}, "due": {"$gt": self._now() + _SOON}}
        wanted = (
            (subjects.EVENTS, sent, [("sent", -1)]),
            (subjects.PEOPLE, card, None),
            (subjects.TIMERS, reminder, [("due", -1)]),
        )
        found = [(stream, await self._outbox.find_one(where, sort=sort)) for stream, where, sort in wanted]
        return [(stream, row) for stream, row in found if row is not None]


async def _holds(jetstream: JetStreamContext, stream: str, subject: str) -> bool:
    try:
        await jetstream.get_last_msg(stream, subject, direct=True)
    except NotFoundError:
        return False
    return True
