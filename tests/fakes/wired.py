"""A service as its `build()` wires it, without a bus: each handler runs at once in the unit of work handed in."""

from typing import Any

from shared.bus import Reminder, Service, UnitOfWork
from shared.bus.subjects import token
from shared.bus.subscriptions import Effect, type_name
from shared.commands.base import Command, Query
from tests.fakes import FakeWork


class Wired:
    """What the bus would call."""

    def __init__(self, service: Service) -> None:
        self.declaration = service.declaration

    async def ask(self, command: Command, work: UnitOfWork) -> Any:
        """Carry out a command; return its reply."""
        return await self.declaration.commands[type(command)](command, work)

    async def find(self, query: Query) -> Any:
        """Return the reply to a query."""
        return await self.declaration.queries[type(query)](query)

    async def tell(self, *events: Any, work: FakeWork | None = None) -> FakeWork:
        """Hand facts to whoever subscribes to them; return a unit of work with what was published because of them."""
        work = work or FakeWork()
        for event in events:
            for handler in self._subscribers(event, "handler", "batch"):
                await handler(event, work)
        return work

    async def slow(self, event: Any) -> Effect:
        """Do the slow work on an event; return the effect that is still to run in a unit of work."""
        (worker,) = self._subscribers(event, "worker")
        effect: Effect = await worker(event)
        return effect

    async def remind(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Let a reminder come."""
        durable = f"{self.declaration.name}-reminded-{token(reminder.kind)}"
        (timer,) = [one for one in self.declaration.subscriptions if one.consumer.durable == durable]
        ((_, handler),) = timer.handlers.values()
        await handler(reminder, work)

    def _subscribers(self, fact: Any, *kinds: str) -> list[Any]:
        name = type_name(type(fact))
        fitting = [one for one in self.declaration.subscriptions if one.kind in kinds and name in one.handlers]
        assert fitting, f"nobody subscribes to {name}"
        return [one.handlers[name][1] for one in fitting]
