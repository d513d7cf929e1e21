"""A service as its ``app.py`` wires it: what it hears, answers, is reminded of and runs. It connects in ``run``."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from shared.bus import registrations
from shared.bus.answers import Effect
from shared.bus.client import BusClient
from shared.bus.readiness import Health
from shared.bus.reminder import Reminder
from shared.bus.runtime import Runtime
from shared.bus.topology import Topology
from shared.bus.unit_of_work import UnitOfWork
from shared.bus.uploads import Uploads
from shared.clock import Clock
from shared.commands.base import Command, Query, Reply
from shared.events.base import Event
from shared.events.people import ContactCard, ContactForgotten
from shared.mongo import Database
from shared.settings import Settings

T = TypeVar("T")
E = TypeVar("E", bound=Event | ContactCard | ContactForgotten)
C = TypeVar("C", bound=Command)
Q = TypeVar("Q", bound=Query)
Background = Callable[[], Awaitable[None]]


class Service:
    """One service on the bus."""

    def __init__(self, name: str, settings: Settings) -> None:
        self.name = name
        self.settings = settings
        self.hearings: list[registrations.Hearing] = []
        self.commands: dict[type[Command], Callable[..., Awaitable[Reply]]] = {}
        self.slow: dict[type[Command], Callable[..., Awaitable[Effect]]] = {}
        self.queries: dict[type[Query], Callable[..., Awaitable[Reply]]] = {}
        self.background: dict[str, Background] = {}
        self.preparations: list[Background] = []
        self._runtime = Runtime(name, settings)

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

    def hears(self, event: type[E], durable: str, handler: Callable[[E, UnitOfWork], Awaitable[None]]) -> None:
        """Handle each fact in one transaction; the handler may run again, so it has no outside effect."""
        self.hearings.append(registrations.hearing("handler", durable, {event: handler}))

    def works(self, event: type[E], durable: str, worker: Callable[[E], Awaitable[registrations.Effect]]) -> None:
        """Do slow or outside work on a fact without a transaction, then run what it returned in the unit of work."""
        self.hearings.append(registrations.hearing("worker", durable, {event: worker}))

    def projects(self, durable: str, handlers: Mapping[type[Any], Callable[..., Awaitable[None]]]) -> None:
        """Keep a read model: many facts through one durable, in order, a batch a transaction.

        Contact cards come through a durable of their own, ``<durable>-people``.
        """
        cards = {fact: handler for fact, handler in handlers.items() if not issubclass(fact, Event)}
        events = {fact: handler for fact, handler in handlers.items() if issubclass(fact, Event)}
        if events:
            self.hearings.append(registrations.hearing("batch", durable, dict(events)))
        if cards:
            self.hearings.append(registrations.hearing("batch", f"{durable}-people", dict(cards)))

    def reminded(self, kind: str, handler: Callable[[Reminder, UnitOfWork], Awaitable[None]]) -> None:
        """Handle the reminders of one kind that this service asked for."""
        self.hearings.append(registrations.reminder_hearing(self.name, kind, handler))

    def answers(self, command: type[C], handler: Callable[[C, UnitOfWork], Awaitable[Reply]]) -> None:
        """Carry out a command in one transaction; the same idempotency key gets the stored answer."""
        self.commands[command] = handler

    def works_out(self, command: type[C], worker: Callable[[C], Awaitable[Effect]]) -> None:
        """Do the slow part of a command without a transaction, then run what it returned in one, as `answers` does."""
        self.slow[command] = worker

    def finds(self, query: type[Q], handler: Callable[[Q], Awaitable[Reply]]) -> None:
        """Answer a query."""
        self.queries[query] = handler

    def runs(self, name: str, background: Background) -> None:
        """Keep a task going while the service runs; one that fails is started again."""
        self.background[name] = background

    def prepares(self, preparation: Background) -> None:
        """Run once before anything is consumed: indexes and the like."""
        self.preparations.append(preparation)

    def topology(self) -> Topology:
        """Return what ``kindred bus apply`` must create for this service."""
        return Topology(tuple(hearing.consumer for hearing in self.hearings))

    @property
    def health(self) -> Health:
        """What /livez and /readyz tell."""
        return self._runtime.health

    async def transact(self, work: Callable[[UnitOfWork], Awaitable[T]], actor: str = "") -> T:
        """Run ``work`` in a transaction with its outbox: how background tasks save and tell."""
        return await self._runtime.transact(work, actor or self.name)

    async def start(self) -> None:
        """Connect and consume; returns when the service is at work."""
        await self._runtime.start(self)

    async def stop(self) -> None:
        """Finish what is in hand and disconnect."""
        await self._runtime.stop()

    def run(self) -> None:
        """Run until SIGTERM or SIGINT."""
        asyncio.run(self._runtime.serve(self))
