"""Imports a file of facilitators: a workbook, an OpenDocument spreadsheet or CSV."""

import asyncio

from services.programmes.domain.enrolment.addresses import address_key
from services.programmes.domain.enrolment.columns import DATES
from services.programmes.domain.enrolment.facilitators import EMAIL, HEADINGS, KEY, as_before, read_facilitator
from services.programmes.domain.enrolment.table import HandRow, HandTable
from services.programmes.domain.enrolment.whole_file import with_days_doubted, with_one_row_each
from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.handlers.commands.facilitators import FacilitatorCommands
from services.programmes.handlers.workers.imports.hand_files import RowTaker, TakerOf, left_out, opened, table_of
from services.programmes.handlers.workers.imports.importer import Opened
from shared.bus import UnitOfWork
from shared.commands.programmes import AppointFacilitator
from shared.tables.cells import tidy

__all__ = ["FacilitatorsImporter"]


class FacilitatorsImporter:
    """A row appoints a facilitator, or changes the appointment."""

    def __init__(self, commands: FacilitatorCommands) -> None:
        self._commands = commands

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Read the file by its headings."""
        programme_id = job.programme_id or ""
        await self._commands.programmes.get(programme_id)
        table = await asyncio.to_thread(_looked_through, await table_of(data, HEADINGS, KEY, job))
        return opened("facilitators", table, job, self._takers(programme_id, table))

    def _takers(self, programme_id: str, table: HandTable) -> TakerOf:
        async def taker(work: UnitOfWork) -> RowTaker:
            places = await self._commands.places.places()

            async def take(row: HandRow) -> Progress:
                wish, faults = read_facilitator(
                    row.cells, programme_id, places=places, faults=row.faults, units=table.units
                )
                return left_out(row, faults) if wish is None else await self._take(row, wish, table, work)

            return take

        return taker

    async def _take(self, row: HandRow, wish: AppointFacilitator, table: HandTable, work: UnitOfWork) -> Progress:
        already = len(work.outgoing)
        wish = as_before(wish, await self._commands.appointment(wish), table.columns)
        done = await self._commands.appoint(wish, work)
        new, published = done.version == 1, len(work.outgoing) > already
        return Progress(
            line=row.line, rows=1, added=new and published, changed=published and not new, unchanged=not published
        )


def _looked_through(table: HandTable) -> HandTable:
    table = with_days_doubted(table, [DATES])
    return with_one_row_each(table, EMAIL, "address", lambda row: address_key(tidy(row.cells.get(EMAIL, ""))) or None)
