"""A service in memory: wired as its ``app.py`` wires it, over fake stores, without NATS and MongoDB.

What it publishes comes back to it, as on the bus. A handler that raises leaves no trace, and what has to come first
(`NotYet`, `Retryable`) is tried again after every other message.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from shared.bus import Service, UnitOfWork
from shared.bus.subscriptions import Subscription, type_name
from shared.clock import Clock
from shared.commands.base import Command, Query
from shared.errors import NotYet, Retryable
from shared.events.base import Event
from shared.settings import Settings
from tests.fakes import FakeClock, FakeWork

T = TypeVar("T")
E = TypeVar("E", bound=Event)
M = TypeVar("M", bound=BaseModel)


class Stores(Protocol):
    """Fake stores of a service, with which a transaction can be undone."""

    def saved(self) -> Any:
        """Everything that is kept."""
        ...

    def restore(self, saved: Any) -> None:
        """Put back what was kept."""
        ...


class ServiceInMemory(Service):
    """One service and its stores; ``published`` are all events that it has told, in order."""

    def __init__(self, name: str, settings: Settings, stores: Stores) -> None:
        super().__init__(name, settings)
        self.stores = stores
        self.time = FakeClock()
        self.published: list[Event] = []
        self._arriving: deque[Callable[[], Awaitable[None]]] = deque()
        self.deferred: list[Callable[[], Awaitable[None]]] = []

    @property
    def clock(self) -> Clock:
        return self.time

    async def tell(self, *events: Event) -> None:
        """Hand over what others publish; returns when everything that follows from it is done."""
        for event in events:
            self._arrive(event)
        await self._settle()

    async def ask(self, command: Command) -> Any:
        """Have a command carried out, and everything that follows from it."""
        reply = await self.transact(partial(self.declaration.commands[type(command)], _as_sent(command)))
        await self._settle()
        return reply

    async def find(self, query: Query) -> Any:
        """Have a query answered."""
        return await self.declaration.queries[type(query)](_as_sent(query))

    def of(self, kind: type[E]) -> list[E]:
        """The events of a kind that were published."""
        return [event for event in self.published if type(event) is kind]

    async def transact(self, work: Callable[[UnitOfWork], Awaitable[T]], actor: str = "tester") -> T:
        unit, before = FakeWork(now=self.time.now(), actor=actor), self.stores.saved()
        try:
            done = await work(unit)
        except BaseException:
            self.stores.restore(before)
            raise
        for event in unit.published:
            self.published.append(event)
            self._arrive(event)
        return done

    def _arrive(self, event: Event) -> None:
        for subscription in self.declaration.subscriptions:
            if type_name(type(event)) in subscription.handlers:
                self._arriving.append(partial(self._handle, subscription, _as_sent(event)))

    async def _handle(self, subscription: Subscription, event: Event) -> None:
        _, handler = subscription.handlers[type_name(type(event))]
        if subscription.kind == "worker":
            await self.transact(await handler(event))
        else:
            await self.transact(partial(handler, event))

    async def _settle(self) -> None:
        while self._arriving:
            if await self._tried(self._arriving.popleft()):
                self._arriving.extendleft(reversed(self.deferred))
                self.deferred.clear()

    async def _tried(self, message: Callable[[], Awaitable[None]]) -> bool:
        try:
            await message()
        except (NotYet, Retryable):
            self.deferred.append(message)
            return False
        return True


def _as_sent(message: M) -> M:
    """The message as it arrives."""
    return type(message).model_validate_json(message.model_dump_json())
