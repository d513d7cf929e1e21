"""Programmes as its `build()` wires it, on a bus and stores in memory, with imports carried out at once."""

import asyncio
import itertools
from contextlib import suppress
from functools import partial
from typing import Any

from services.programmes.app import build
from services.programmes.settings import ProgrammesSettings
from shared.commands.base import Command
from shared.commands.imports import GoOnWithImport
from shared.commands.programmes import ImportFile, ImportReport, ImportStatus
from tests.fakes.bus import MemoryBus
from tests.fakes.memory import Attributes
from tests.fakes.programmes import memory_stores
from tests.fakes.programmes.namings import NamedInTable
from tests.waiting import until


class SentInTable:
    """How many mails each person has got."""

    def __init__(self) -> None:
        self.sent: dict[str, int] = {}

    async def since(self, _programme_id, person_ids, _when):
        return sum(self.sent.get(one, 0) for one in person_ids)


class Office:
    """``published`` is everything that was published, in order; what failed has saved and published nothing."""

    def __init__(self, **settings) -> None:
        self.stores, self.named, self.mails = memory_stores(), NamedInTable(), SentInTable()
        numbers = itertools.count(1)
        service = build(
            ProgrammesSettings(**settings),
            stores=self.stores,
            named=self.named,
            mails=self.mails,
            ids=lambda prefix: f"{prefix}-{next(numbers)}",
        )
        stores = self.stores
        kept = (stores.register, stores.programmes, stores.enrolments, stores.people)
        more = (
            stores.imports,
            stores.namings,
            stores.participations,
            stores.parties,
            stores.enquiries,
            stores.templates,
        )
        self.bus = MemoryBus(memory=Attributes(*kept, *more)).carry(service)
        self.find, self.of, self.published = self.bus.find, self.bus.of, self.bus.published

    async def do(self, command: Command) -> Any:
        """Carry out a command in a transaction; return its reply."""
        return await self.bus.transact(partial(self.bus.carry_out, command))

    async def bring_in(
        self, kind: str, content: bytes, *, filename="file.csv", programme_id=None, check=False
    ) -> ImportReport:
        """Import a file as a background task does; return the report once it is no longer running."""
        upload = self.bus.uploads.put(content)
        return await self.carried_out(
            ImportFile(kind=kind, upload=upload, filename=filename, programme_id=programme_id, check=check)
        )

    async def carried_out(self, command: ImportFile | GoOnWithImport) -> ImportReport:
        """Carry out an import; return the report once it is no longer running."""
        import_id = (await self.do(command)).import_id

        async def over():
            report = await self.find(ImportStatus(import_id=import_id))
            return report if report.state != "running" else None

        async def carry_out() -> None:
            await self.bus.declared.tasks["imports"]()

        task = asyncio.create_task(carry_out())
        try:
            report: ImportReport = await until(over, "until the import is over", every=0.001)
            return report
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
