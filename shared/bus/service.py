"""A service as its ``app.py`` wires it: subscriptions, commands, queries, timers and tasks. It connects in ``run``."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from shared.bus import subscriptions
from shared.bus.client import BusClient
from shared.bus.declaration import Declaration, Effect, Task
from shared.bus.health.readiness import Health
from shared.bus.reminder import Reminder
from shared.bus.runtime import Runtime
from shared.bus.topology import Topology
from shared.bus.unit_of_work import UnitOfWork
from shared.bus.uploads import Uploads
from shared.clock import Clock
from shared.commands.base import Command, Query, Reply
from shared.commands.health import HEALTH, HealthDetail
from shared.events.base import Event
from shared.events.people import ContactCard, ContactForgotten
from shared.mongo import Database
from shared.settings import Settings

T = TypeVar("T")
E = TypeVar("E", bound=Event | ContactCard | ContactForgotten)
C = TypeVar("C", bound=Command)
Q = TypeVar("Q", bound=Query)


BATCH_PAUSE = 1.0
"""Seconds between looks for a next batch when there was none."""


class Service:
    """One service on the bus."""

    def __init__(self, name: str, settings: Settings) -> None:
        self.name = name
        self.settings = settings
        self.declaration = Declaration(name)
        self._runtime = Runtime(self.declaration, settings)
        if asked := HEALTH.get(name):
            self.query(asked, self._how)

    @property
    def clock(self) -> Clock:
        """The time, as everything in this service sees it."""
        return self._runtime.clock

    @property
    def database(self) -> Database:
        """The service's own database, ``kindred_<service>``."""
        return self._runtime.database

    @property
    def client(self) -> BusClient:
        """A client on the service's own connection (once it runs)."""
        return self._runtime.client

    @property
    def uploads(self) -> Uploads:
        """Files that people sent along with a command (once it runs)."""
        return self._runtime.client.uploads

    def subscribe(self, event: type[E], durable: str, handler: Callable[[E, UnitOfWork], Awaitable[None]]) -> None:
        """Handle each message in one transaction. The handler may run again, so it has no outside effect."""
        self._add(subscriptions.subscription("handler", durable, {event: handler}))

    def worker(self, event: type[E], durable: str, worker: Callable[[E], Awaitable[subscriptions.Effect]]) -> None:
        """Run slow or external work on a message without a transaction, then the returned function in one."""
        self._add(subscriptions.subscription("worker", durable, {event: worker}))

    def projection(self, durable: str, handlers: Mapping[type[Any], Callable[..., Awaitable[None]]]) -> None:
        """Keep a read model: many events through one durable, in order, one transaction per batch.

        Contact cards come through a durable of their own, ``<durable>-people``.
        """
        cards = {kind: handler for kind, handler in handlers.items() if not issubclass(kind, Event)}
        events = {kind: handler for kind, handler in handlers.items() if issubclass(kind, Event)}
        if events:
            self._add(subscriptions.subscription("batch", durable, events))
        if cards:
            self._add(subscriptions.subscription("batch", f"{durable}-people", cards))

    def timer(self, kind: str, handler: Callable[[Reminder, UnitOfWork], Awaitable[None]]) -> None:
        """Handle this service's reminders of one kind."""
        self._add(subscriptions.timer_subscription(self.name, kind, handler))

    def command(self, command: type[C], handler: Callable[[C, UnitOfWork], Awaitable[Reply]]) -> None:
        """Carry out a command in one transaction. The same idempotency key gets the stored reply."""
        self.declaration.commands[command] = handler

    def slow_command(self, command: type[C], worker: Callable[[C], Awaitable[Effect]]) -> None:
        """Run the slow part of a command without a transaction, then the returned function as `command` does."""
        self.declaration.slow_commands[command] = worker

    def query(self, query: type[Q], handler: Callable[[Q], Awaitable[Reply]]) -> None:
        """Serve a query; queries change nothing."""
        self.declaration.queries[query] = handler

    def task(self, name: str, task: Task) -> None:
        """Run a background task while the service runs; a failed one is restarted."""
        self.declaration.tasks[name] = task

    def batches(self, name: str, publish_next: Callable[[UnitOfWork], Awaitable[object]]) -> None:
        """Run a task that publishes what is left in the database, batch by batch, each in a transaction of its own.

        ``publish_next`` publishes a batch and returns whether there was one. After a restore, units of work are marked
        as restored until it finds none.
        """
        self.declaration.batch_tasks.append(name)
        self.task(name, partial(self._batches, name, publish_next))

    async def _batches(self, name: str, publish_next: Callable[[UnitOfWork], Awaitable[object]]) -> None:
        while True:
            if not await self._runtime.batch(name, publish_next):
                await asyncio.sleep(BATCH_PAUSE)

    def on_restored(self, handle: Callable[[datetime], Awaitable[None]]) -> None:
        """Run once before anything is consumed after a restore, whose time it is given; again where it broke off."""
        self.declaration.restored.append(handle)

    def on_start(self, preparation: Task) -> None:
        """Run once before anything is consumed: indexes and the like."""
        self.declaration.preparations.append(preparation)

    def check(self, problems: Callable[[], list[str]]) -> None:
        """Make /readyz red while ``problems`` returns any, in words."""
        self.declaration.checks.append(problems)

    def note(self, notes: Callable[[], list[str]]) -> None:
        """Let /readyz show what somebody should know although the service is ready, in words."""
        self.declaration.notes.append(notes)

    def topology(self) -> Topology:
        """Return what ``kindred bus apply`` must create for this service."""
        return self.declaration.topology()

    def _add(self, subscription: subscriptions.Subscription) -> None:
        self.declaration.subscriptions.append(subscription)

    @property
    def health(self) -> Health:
        """What /livez and /readyz report."""
        return self._runtime.health

    async def _how(self, _query: Query) -> HealthDetail:
        """Whoever asks over the bus hears what /readyz says."""
        return await self._runtime.how()

    async def transact(self, work: Callable[[UnitOfWork], Awaitable[T]], actor: str = "") -> T:
        """Run ``work`` in a transaction with its outbox. Background tasks save and publish through this."""
        return await self._runtime.transact(work, actor or self.name)

    async def start(self) -> None:
        """Connect and consume; returns when the service is at work."""
        await self._runtime.start()

    async def stop(self) -> None:
        """Finish the messages in flight and disconnect."""
        await self._runtime.stop()

    def run(self) -> None:
        """Run until SIGTERM or SIGINT."""
        asyncio.run(self._runtime.serve())
