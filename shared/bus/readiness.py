"""Readiness: is this service truly at work? FastStream's own health stays green on a deleted consumer."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import Error as JetStreamError

from shared import telemetry
from shared.bus import outbox
from shared.bus.pulling import WatchedPull
from shared.bus.subscriptions import Subscription
from shared.mongo import Database, Mongo

FETCHED_WITHIN = 15.0
OLDEST_ROW = 30.0
EVERY, STARTING = 1.0, 0.2
STALE = 10.0


@dataclass
class Health:
    """What the health endpoints tell; ``problems`` is empty when ready."""

    problems: list[str] = field(default_factory=lambda: ["the service is starting"])
    checked: float = 0.0
    beat: float = field(default_factory=time.monotonic)

    @property
    def alive(self) -> bool:
        """Whether the event loop turns."""
        return time.monotonic() - self.beat < STALE

    @property
    def ready(self) -> bool:
        """Whether the last check is recent and found nothing."""
        return not self.problems and time.monotonic() - self.checked < STALE


@dataclass(frozen=True)
class Readiness:
    """Checks one running service."""

    service: str
    connection: Client
    mongo: Mongo
    database: Database
    subscriptions: Sequence[Subscription]
    pulls: Mapping[str, WatchedPull]
    health: Health

    async def run(self) -> None:
        """Check for ever, more often until the service is ready for the first time."""
        been_ready = False
        while True:
            self.health.problems = await self.problems()
            self.health.checked = time.monotonic()
            been_ready = been_ready or not self.health.problems
            await asyncio.sleep(EVERY if been_ready else STARTING)

    async def problems(self) -> list[str]:
        """Return what is wrong now, in words."""
        found = []
        if not self.connection.is_connected:
            return ["NATS is not connected"]
        if not await self.mongo.writable():
            found.append("MongoDB takes no writes")
        else:
            count, age = await outbox.backlog(self.database)
            telemetry.OUTBOX_WAITING.labels(self.service).set(count)
            telemetry.OUTBOX_AGE.labels(self.service).set(age)
            if age > OLDEST_ROW:
                found.append(f"the outbox is {age:.0f} seconds behind")
        for subscription in self.subscriptions:
            found += await self._consumer(subscription)
        return found

    async def _consumer(self, subscription: Subscription) -> list[str]:
        durable, stream = subscription.consumer.durable, subscription.consumer.stream
        try:
            info = await self.connection.jetstream(timeout=2).consumer_info(stream, durable)
        except (NatsError, JetStreamError) as error:
            return [f"the consumer {durable} on {stream} is not there ({type(error).__name__})"]
        telemetry.LAG.labels(durable).set((info.num_pending or 0) + (info.num_ack_pending or 0))
        pull = self.pulls.get(durable)
        if pull is None or time.monotonic() - pull.fetched > FETCHED_WITHIN:
            return [f"{durable} has not fetched for {FETCHED_WITHIN:.0f} seconds"]
        return []
