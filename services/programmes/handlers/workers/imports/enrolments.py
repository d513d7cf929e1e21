"""Imports a file of enrolments, CSV or XLSX."""

import asyncio
from functools import partial

from services.programmes.domain.enrolment.columns import URN, headings
from services.programmes.domain.enrolment.differences import differences
from services.programmes.domain.enrolment.row import read_wish
from services.programmes.domain.enrolment.table import HandRow
from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.domain.records import Programme
from services.programmes.handlers.situations import Situations
from services.programmes.handlers.workers.imports.hand_files import RowTaker, TakerOf, left_out, opened, rows_of
from services.programmes.handlers.workers.imports.importer import Opened
from shared.bus import UnitOfWork

__all__ = ["EnrolmentsImporter"]


class EnrolmentsImporter:
    """A row enrols its school, or amends the enrolment where it says something new."""

    def __init__(self, situations: Situations) -> None:
        self._situations = situations

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Read the file by the headings of the programme's form. Raises NotThisFile, Rejected("unknown-programme")."""
        programme = await self._situations.programmes.get(job.programme_id or "")
        rows = await asyncio.to_thread(rows_of, data, headings(programme.template), URN)
        return opened("enrolments", rows, job, self._takers(programme.programme_id))

    def _takers(self, programme_id: str) -> TakerOf:
        async def taker(work: UnitOfWork) -> RowTaker:
            programme = await self._situations.programmes.get(programme_id)
            return partial(self._take, programme, work)

        return taker

    async def _take(self, programme: Programme, work: UnitOfWork, row: HandRow) -> Progress:
        wish, faults = read_wish(row.cells, programme.programme_id, programme.template)
        if wish is None:
            return left_out(row, faults)
        found = await self._situations.of(wish, programme)
        broken = found.broken(wish)
        if broken:
            return left_out(row, broken)
        decision = await self._situations.take(wish, found, work)
        if found.before is None or found.before.state == "withdrawn":
            return Progress(line=row.line, rows=1, added=1)
        if not decision.events:
            return Progress(line=row.line, rows=1, unchanged=1)
        changes = differences(found.before, decision.enrolment)
        return Progress(line=row.line, rows=1, changed=1, changes=changes)
