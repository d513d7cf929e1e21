"""Readiness: is this service truly at work? FastStream's own health stays green on a deleted consumer."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import Error as JetStreamError

from shared import telemetry
from shared.bus import outbox
from shared.bus.health.stream_check import StreamCheck
from shared.bus.pulling import WatchedPull
from shared.bus.relay import Relay
from shared.bus.subscriptions import Subscription
from shared.mongo import Database, Mongo, unavailable

FETCHED_WITHIN = 15.0
OLDEST_ROW = 30.0
EVERY, STARTING = 1.0, 0.2
ANSWERS_WITHIN = 4.0
STALE = 10.0


@dataclass
class Health:
    """What the health endpoints show; ``problems`` is empty when the last check found nothing.

    ``notes`` are what somebody should know although nothing is wrong.
    """

    problems: list[str] = field(default_factory=lambda: ["the service is starting"])
    notes: list[str] = field(default_factory=list)
    checked: float = 0.0
    beat: float = field(default_factory=time.monotonic)

    @property
    def alive(self) -> bool:
        """Whether the event loop turns."""
        return time.monotonic() - self.beat < STALE

    @property
    def ready(self) -> bool:
        """Whether the last check is recent and found nothing."""
        return not self.why_not()

    def why_not(self) -> list[str]:
        """Why the service is not ready, in words; empty when it is."""
        if self.problems:
            return self.problems
        silent = time.monotonic() - self.checked
        if silent < STALE:
            return []
        return [f"nothing has been checked for {silent:.0f} seconds: the process is stuck or was paused"]


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
    relay: Relay
    streams: StreamCheck
    checks: Sequence[Callable[[], list[str]]] = ()
    notes: Sequence[Callable[[], list[str]]] = ()

    async def run(self) -> None:
        """Check for ever, at shorter intervals until the service is ready for the first time."""
        been_ready = False
        while True:
            self.health.problems = await self.problems()
            self.health.notes = [note for notes in self.notes for note in notes()]
            self.health.checked = time.monotonic()
            been_ready = been_ready or not self.health.problems
            await asyncio.sleep(EVERY if been_ready else STARTING)

    async def problems(self) -> list[str]:
        """Return what is wrong now, in words. A server that does not answer is a problem, too."""
        found = await _in_time(self._database(), "MongoDB") + await _in_time(self._bus(), "NATS")
        jetstream = self.connection.jetstream(timeout=2)
        lost = await _in_time(self.streams.problems(jetstream), "MongoDB or NATS")
        once = not found or lost == self.streams.found  # a server that does not answer is not named twice
        return found + (lost if once else []) + [problem for check in self.checks for problem in check()]

    async def _database(self) -> list[str]:
        if not await self.mongo.writable():
            return ["MongoDB cannot be reached, or takes no writes"]
        count, age = await outbox.backlog(self.database)
        telemetry.OUTBOX_WAITING.labels(self.service).set(count)
        telemetry.OUTBOX_AGE.labels(self.service).set(age)
        behind = [f"the outbox is {age:.0f} seconds behind"] if age > OLDEST_ROW else []
        return behind + ([f"NATS does not take what is published: {self.relay.fault}"] if self.relay.fault else [])

    async def _bus(self) -> list[str]:
        if not self.connection.is_connected:
            return ["NATS is not connected"]
        return [problem for one in self.subscriptions for problem in await self._consumer(one)]

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


async def _in_time(check: Awaitable[list[str]], server: str) -> list[str]:
    """Run a check of a server; a server that does not answer is itself a problem."""
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            return await check
    except TimeoutError:
        return [f"{server} has not answered for {ANSWERS_WITHIN:.0f} seconds"]
    except (NatsError, JetStreamError) as error:
        return [f"{server} cannot be asked ({type(error).__name__})"]
    except Exception as error:
        if not unavailable(error):
            raise
        return [f"{server} cannot be reached"]
