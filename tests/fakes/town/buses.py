"""The bus of one service among others."""

from collections.abc import Callable
from typing import Any, Protocol

from shared.bus import CancelledReminder, Reminder
from shared.commands.base import Command, Query
from tests.fakes import FakeClock
from tests.fakes.bus import MemoryBus, MemoryUploads
from tests.fakes.memory import Undoable


class Others(Protocol):
    """What a bus needs of the town that it is in."""

    uploads: MemoryUploads

    def arrive(self, fact: Any) -> None: ...

    def bus_for(self, message: Command | Query) -> "MemberBus": ...

    async def settle(self) -> None: ...


class MemberBus(MemoryBus):
    """Publishes to every service of the town, and asks whichever service owns what is asked."""

    def __init__(self, others: Others, clock: FakeClock, memory: Undoable | None) -> None:
        super().__init__(clock, memory)
        self._others = others
        self.uploads = others.uploads

    async def ask(self, command: Command, *, key: str | None = None, actor: str = "tester", **_patience: float) -> Any:
        return await MemoryBus.ask(self._others.bus_for(command), command, key=key, actor=actor)

    async def find(self, query: Query, **_patience: float) -> Any:
        return await MemoryBus.find(self._others.bus_for(query), query)

    async def settle(self) -> None:
        await self._others.settle()

    async def move(self) -> bool:
        """Handle what has arrived and let the tasks run; whether anything moved."""
        handled = await self._handled()
        return await self._tasks_moved() or handled

    def without(self, *tasks: str) -> None:
        """Leave out tasks that serve the outside: pages, a relay, files."""
        for name in tasks:
            self.declared.tasks.pop(name, None)

    def arrive(self, fact: Any) -> None:
        self._arrive(fact)

    def _publish(self, fact: Any) -> None:
        if isinstance(fact, Reminder | CancelledReminder):
            super()._publish(fact)
        else:
            self.published.append(fact)
            self._others.arrive(fact)


Wiring = Callable[[MemberBus], None]
