"""Programmes as its `build()` wires it, on stores in memory: commands, queries, and imports carried out at once."""

import asyncio
import itertools
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from services.programmes.app import build
from services.programmes.settings import ProgrammesSettings
from shared.bus.unit_of_work import Outgoing
from shared.commands.base import Command, Query
from shared.commands.programmes import ImportFile, ImportReport, ImportStatus
from shared.events.base import Event
from tests.fakes import FakeWork
from tests.fakes.programmes import MemoryUploads, memory_stores, rolled_back
from tests.waiting import until

T = TypeVar("T")


class Office:
    """``told`` is everything that was published, in order; what failed has saved and told nothing."""

    def __init__(self, **settings) -> None:
        self.stores = memory_stores()
        self.uploads = MemoryUploads()
        self.told: list[Outgoing] = []
        numbers = itertools.count(1)
        service = build(
            ProgrammesSettings(**settings),
            stores=self.stores,
            transact=self._transact,
            uploads=self.uploads,
            ids=lambda prefix: f"{prefix}-{next(numbers)}",
        )
        self.declaration = service.declaration

    async def do(self, command: Command) -> Any:
        """Carry out a command in a transaction; return its reply."""
        handler = self.declaration.commands[type(command)]
        return await self._transact(lambda work: handler(command, work))

    async def find(self, query: Query) -> Any:
        """Return the reply to a query."""
        return await self.declaration.queries[type(query)](query)

    async def hear(self, event: Event) -> None:
        """Hand an event to whoever subscribes to it."""
        name = type(event).type_name()
        for subscription in self.declaration.subscriptions:
            if name in subscription.handlers:
                _, handler = subscription.handlers[name]
                await self._transact(partial(handler, event))

    async def bring_in(self, kind: str, content: bytes, *, filename="file.csv", programme_id=None) -> ImportReport:
        """Import a file as a background task does; return the report once it is no longer running."""
        upload = self.uploads.put(content)
        command = ImportFile(kind=kind, upload=upload, filename=filename, programme_id=programme_id)
        import_id = (await self.do(command)).import_id

        async def over():
            report = await self.find(ImportStatus(import_id=import_id))
            return report if report.state != "running" else None

        async def carry_out() -> None:
            await self.declaration.tasks["imports"]()

        task = asyncio.create_task(carry_out())
        try:
            report: ImportReport = await until(over, "until the import is over", every=0.001)
            return report
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def of(self, kind: type[T]) -> list[T]:
        """What was published of one kind, in order."""
        return [fact for fact in self.told if isinstance(fact, kind)]

    async def _transact(self, work, actor=""):
        with rolled_back(self.stores):
            unit = FakeWork(actor=actor)
            result = await work(unit)
            self.told += unit.outgoing
        return result
