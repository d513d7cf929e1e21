"""One service on a bus in memory: what ``build()`` has declared, with commands, events, reminders and tasks as usual.

It has no wire and no database: a handler runs in one go, what it saved is taken back when it refuses or breaks off, and
whatever was published is there at once. Messages arrive as JSON made them. tests/integration/scheduling/test_worlds.py
holds on this bus and on the real one.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

from pydantic import BaseModel

from shared.bus import CancelledReminder, Reminder, Service, UnitOfWork
from shared.bus.subscriptions import Subscription, type_name
from shared.commands.base import Command, Query
from shared.errors import NotYet, Permanent, Rejected, Retryable
from shared.events.base import Event
from tests.fakes import FakeClock
from tests.fakes.memory import Memory

M = TypeVar("M", bound=BaseModel)
TRIES = 5
Waiting = tuple[Subscription, Any]


class MemoryBus:
    """Drives one service: ``tell`` it events, ``ask`` and ``find`` as a client does, and see what it published."""

    def __init__(self, memory: Memory, clock: FakeClock) -> None:
        self.memory, self.clock = memory, clock
        self.heard: list[Event] = []
        self.reminders: dict[tuple[str, str], Reminder] = {}
        self.uploads = MemoryUploads()
        self._waiting: list[Waiting] = []
        self._replies: dict[str, tuple[str, Any]] = {}

    def carry(self, service: Service) -> None:
        """Put this bus behind a service that is not started."""
        self.service, self.declared = service, service.declaration
        service._runtime = MemoryRuntime(self)  # type: ignore[assignment]  # what a handler needs of it

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
        return as_sent(await self.declared.queries[type(query)](as_sent(query)))

    async def upload(self, content: bytes, filename: str) -> str:
        key = f"{filename}-{uuid4().hex}"
        self.uploads.files[key] = content
        return key

    async def transact(
        self, work: Callable[[UnitOfWork], Awaitable[Any]], actor: str = "", cause: str | None = None
    ) -> Any:
        """Run ``work``; all that it saved and told is gone if it raises."""
        unit = UnitOfWork(now=self.clock.now(), actor=actor, event_id=cause or uuid4().hex, correlation_id="test")
        before = self.memory.snapshot()
        try:
            result = await work(unit)
        except BaseException:
            self.memory.restore(before)
            raise
        for fact in unit.outgoing:
            self._told(fact)
        return result

    async def settle(self) -> None:
        """Handle what has arrived and run the tasks, until nothing moves any more."""
        while await self._handled() or await self._tasks_moved():
            pass

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

    def _told(self, fact: Any) -> None:
        if isinstance(fact, Reminder):
            self.reminders[fact.kind, fact.key] = fact
        elif isinstance(fact, CancelledReminder):
            self.reminders.pop((fact.kind, fact.key), None)
        else:
            self.heard.append(fact)
            self._arrive(fact)

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
        """Let each task run until it pauses; one that fails is started again. Whether anything was told or saved."""
        before, told = self.memory.snapshot(), len(self.heard)
        for task in self.declared.tasks.values():
            for _ in range(TRIES):
                running = asyncio.ensure_future(task())
                await asyncio.sleep(0)
                failed = running.done() and running.exception() is not None
                running.cancel()
                await asyncio.wait([running])
                if not failed:
                    break
        return len(self.heard) > told or self.memory.snapshot() != before


class MemoryUploads:
    """Files that people sent along with a command."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    async def get(self, key: str) -> bytes:
        if key not in self.files:
            raise Permanent(f"The file {key} is not there any more.")
        return self.files[key]


class MemoryRuntime:
    """As much of a runtime as handlers and wiring see."""

    def __init__(self, bus: MemoryBus) -> None:
        self.clock, self.client, self.transact = bus.clock, bus, bus.transact

    async def batch(self, task: str, work: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        return await self.transact(work, task)


def as_sent(message: M) -> M:
    """The message as it arrives."""
    return type(message).model_validate_json(message.model_dump_json())
