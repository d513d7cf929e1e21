"""One service on a bus in memory: what ``build()`` has declared, without NATS and MongoDB.

There are two ways to drive it. ``tell``, ``ask``, ``find`` and ``to`` work as the real bus does: each handler runs in a
transaction of its own, what it saved is taken back when it fails, what it published arrives at this service too, and
everything that follows is done when they return. ``handle``, ``work_on``, ``carry_out`` and ``remind`` are single
steps: one handler in the unit of work that the test hands in, and nothing follows.

Messages arrive as JSON made them. tests/integration/scheduling/test_worlds.py holds on this bus and on the real one.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Self, TypeVar
from uuid import uuid4

from pydantic import BaseModel

from shared.bus import CancelledReminder, Reminder, Service, UnitOfWork
from shared.bus.subjects import token
from shared.bus.subscriptions import Effect, Subscription, type_name
from shared.bus.unit_of_work import Outgoing
from shared.commands.base import Command, Query
from shared.commands.health import HealthDetail
from shared.errors import NotYet, Rejected, Retryable
from shared.events.base import Event
from shared.events.people import ContactCard, ContactForgotten
from tests.fakes import FakeClock, FakeWork
from tests.fakes.memory import Attributes, Undoable

F = TypeVar("F")
M = TypeVar("M", bound=BaseModel)
TRIES = 5
ROUNDS = 1000
Waiting = tuple[Subscription, Any]


class MemoryBus:
    """Drives one service; ``published`` is what it has published in transactions, in order.

    ``memory`` is what a failed transaction takes back; single steps do without it.
    """

    def __init__(self, clock: FakeClock | None = None, memory: Undoable | None = None) -> None:
        self.clock, self._memory = clock or FakeClock(), memory or Attributes()
        self.published: list[Outgoing] = []
        self.reminders: dict[tuple[str, str], Reminder] = {}
        self.uploads = MemoryUploads()
        self._waiting: list[Waiting] = []
        self._replies: dict[str, tuple[str, Any]] = {}

    def carry(self, service: Service) -> Self:
        """Put this bus behind a service that is not started."""
        self.service, self.declared = service, service.declaration
        service._runtime = MemoryRuntime(self)  # type: ignore[assignment]  # what a handler needs of it
        return self

    def everything(self) -> list[Any]:
        """Everything that its service keeps, and that the bus does."""
        return [self._memory.snapshot(), self.published, self.reminders, self._waiting, self._replies]

    async def tell(self, *events: Event) -> None:
        """Events of other services arrive, each at every subscription to it."""
        for event in events:
            self._arrive(event)
        await self.settle()

    async def ask(self, command: Command, *, key: str | None = None, actor: str = "tester") -> Any:
        """Carry out a command once; the same key gets the same reply."""
        name, body = f"{type(command).__name__}:{key or uuid4().hex}", command.model_dump_json()
        if name in self._replies:
            return self._again(name, body)
        slow = self.declared.slow_commands.get(type(command))
        command = as_sent(command)
        effect = await slow(command) if slow else None

        async def carried_out(work: UnitOfWork) -> Any:
            return await (effect(work) if effect else self.declared.commands[type(command)](command, work))

        reply = await self.transact(carried_out, actor, name)
        self._replies[name] = body, reply
        await self.settle()
        return as_sent(reply)

    async def find(self, query: Query) -> Any:
        """Return the reply to a query."""
        return as_sent(await self.declared.queries[type(query)](as_sent(query)))

    def of(self, kind: type[F]) -> list[F]:
        """What was published of one kind, in order."""
        return [fact for fact in self.published if type(fact) is kind]

    async def handle(self, *facts: Event | ContactCard | ContactForgotten, work: FakeWork | None = None) -> FakeWork:
        """Hand facts to whoever subscribes to them; return the unit of work that they ran in."""
        work = work or FakeWork(now=self.clock.now())
        for fact in facts:
            for handler in self._subscribers(fact, "handler", "batch"):
                await handler(as_sent(fact), work)
        return work

    async def work_on(self, event: Event) -> Effect:
        """Do a worker's slow work on an event; return the effect that is still to run in a unit of work."""
        (worker,) = self._subscribers(event, "worker")
        effect: Effect = await worker(as_sent(event))
        return effect

    async def carry_out(self, command: Command, work: UnitOfWork) -> Any:
        """Run a command's handler; return its reply."""
        if slow := self.declared.slow_commands.get(type(command)):
            return await (await slow(as_sent(command)))(work)
        return await self.declared.commands[type(command)](as_sent(command), work)

    async def remind(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Let a reminder come."""
        durable = f"{self.declared.name}-reminded-{token(reminder.kind)}"
        (timer,) = [each for each in self.declared.subscriptions if each.consumer.durable == durable]
        ((_, handler),) = timer.handlers.values()
        await handler(reminder, work)

    async def upload(self, content: bytes, filename: str) -> str:
        """Keep a file that a command names by the key returned."""
        return self.uploads.put(content)

    async def transact(
        self, work: Callable[[UnitOfWork], Awaitable[Any]], actor: str = "", cause: str | None = None
    ) -> Any:
        """Run ``work``; all that it saved and published is gone if it raises."""
        unit = UnitOfWork(now=self.clock.now(), actor=actor, event_id=cause or uuid4().hex, correlation_id="test")
        before = self._memory.snapshot()
        try:
            result = await work(unit)
        except BaseException:
            self._memory.restore(before)
            raise
        for fact in unit.outgoing:
            self._publish(fact)
        return result

    async def settle(self) -> None:
        """Handle what has arrived and run the tasks, until nothing moves any more."""
        for _ in range(ROUNDS):
            if not (await self._handled() or await self._tasks_moved()):
                return
        raise AssertionError("The service does not come to rest.")

    async def to(self, when: dt.datetime) -> None:
        """Move the clock; reminders come in order, each at the time it is due."""
        while due := sorted((one for one in self.reminders.values() if one.due <= when), key=lambda one: one.due):
            self.clock.at = max(self.clock.at, due[0].due)
            del self.reminders[due[0].kind, due[0].key]
            self._arrive(due[0])
            await self.settle()
        self.clock.at = when
        await self.settle()

    def waiting(self) -> int:
        """How many messages wait for others."""
        return len(self._waiting)

    def _again(self, name: str, body: str) -> Any:
        known, reply = self._replies[name]
        if known != body:
            raise Rejected("one-key-one-request", "This idempotency key was used for a different request.")
        return reply

    def _arrive(self, fact: Any) -> None:
        name = type_name(type(fact))
        for each in self.declared.subscriptions:
            if name in each.handlers and (not isinstance(fact, Reminder) or each.consumer.durable.endswith(fact.kind)):
                self._waiting.append((each, as_sent(fact) if isinstance(fact, BaseModel) else fact))

    def _publish(self, fact: Any) -> None:
        if isinstance(fact, Reminder):
            self.reminders[fact.kind, fact.key] = fact
        elif isinstance(fact, CancelledReminder):
            self.reminders.pop((fact.kind, fact.key), None)
        else:
            self.published.append(fact)
            self._arrive(fact)

    def _subscribers(self, fact: Any, *kinds: str) -> list[Any]:
        name = type_name(type(fact))
        fitting = [each for each in self.declared.subscriptions if each.kind in kinds and name in each.handlers]
        assert fitting, f"nobody subscribes to {name}"
        return [each.handlers[name][1] for each in fitting]

    async def _handled(self) -> bool:
        """Handle each message that waits, in order; whether one could be."""
        moved = False
        for each in list(self._waiting):
            self._waiting.remove(each)
            try:
                await self._handle(*each)
            except NotYet:
                self._waiting.append(each)
            else:
                moved = True
        return moved

    async def _handle(self, subscription: Subscription, fact: Any) -> None:
        _, handler = subscription.handlers[type_name(type(fact))]
        for attempt in range(TRIES):
            try:
                effect = await handler(fact) if subscription.kind == "worker" else partial(handler, fact)
                await self.transact(effect)
            except Retryable as error:
                if isinstance(error, NotYet) or attempt == TRIES - 1:
                    raise
            else:
                return

    async def _tasks_moved(self) -> bool:
        """Let each task run until it pauses; one that fails is started again. Whether any published or saved."""
        before, published = self._memory.snapshot(), len(self.published)
        for task in self.declared.tasks.values():
            for _ in range(TRIES):
                running = asyncio.ensure_future(task())
                await asyncio.sleep(0)
                failed = running.done() and running.exception() is not None
                running.cancel()
                await asyncio.wait([running])
                if not failed:
                    break
        return len(self.published) > published or self._memory.snapshot() != before


class MemoryUploads:
    """Files that people sent along with a command."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        key = f"upl-{len(self.files) + 1}"
        self.files[key] = content
        return key

    async def get(self, key: str) -> bytes:
        if key not in self.files:
            raise Rejected("unknown-upload", f"There is no upload {key[:60]}; uploads are kept for a day.")
        return self.files[key]


class MemoryRuntime:
    """As much of a runtime as handlers and wiring see."""

    def __init__(self, bus: MemoryBus) -> None:
        self._bus = bus
        self.clock, self.client, self.transact = bus.clock, bus, bus.transact

    async def batch(self, task: str, work: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        return await self.transact(work, task)

    async def how(self) -> HealthDetail:
        return HealthDetail(tasks=tuple(self._bus.declared.tasks))


def as_sent(message: M) -> M:
    """The message as it arrives."""
    return type(message).model_validate_json(message.model_dump_json())
