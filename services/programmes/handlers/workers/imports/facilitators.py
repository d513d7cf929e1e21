"""Imports a file of facilitators, CSV or XLSX."""

import asyncio
from functools import partial

from services.programmes.domain.enrolment.facilitators import HEADINGS, KEY, read_facilitator
from services.programmes.domain.enrolment.table import HandRow
from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.handlers.commands.facilitators import FacilitatorCommands
from services.programmes.handlers.workers.imports.hand_files import RowTaker, TakerOf, left_out, opened, rows_of
from services.programmes.handlers.workers.imports.importer import Opened
from shared.bus import UnitOfWork

__all__ = ["FacilitatorsImporter"]


class FacilitatorsImporter:
    """A row appoints a facilitator, or changes the appointment."""

    def __init__(self, commands: FacilitatorCommands) -> None:
        self._commands = commands

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Read the file by its headings."""
        programme_id = job.programme_id or ""
        await self._commands.programmes.get(programme_id)
        rows = await asyncio.to_thread(rows_of, data, HEADINGS, KEY)
        return opened("facilitators", rows, job, self._takers(programme_id))

    def _takers(self, programme_id: str) -> TakerOf:
        async def taker(work: UnitOfWork) -> RowTaker:
            return partial(self._take, programme_id, work)

        return taker

    async def _take(self, programme_id: str, work: UnitOfWork, row: HandRow) -> Progress:
        wish, faults = read_facilitator(row.cells, programme_id)
        if wish is None:
            return left_out(row, faults)
        already = len(work.outgoing)
        done = await self._commands.appoint(wish, work)
        new, told = done.version == 1, len(work.outgoing) > already
        return Progress(line=row.line, rows=1, added=new and told, changed=told and not new, unchanged=not told)
