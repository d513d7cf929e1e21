"""Imports the outcomes of inspections: report cards, and the overall grades that stand from before."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.domain.register.inspection_decisions import take_inspections
from services.programmes.domain.register.outcomes import one_card_each
from services.programmes.domain.register.report import summary_of
from services.programmes.domain.register.report_cards import LARGEST, CardRow, read_inspections
from services.programmes.handlers.workers.imports.importer import BatchSize, Opened, Step
from services.programmes.ports.register import ReportCards, SchoolImports
from shared.bus import UnitOfWork
from shared.clock import Clock
from shared.tables.opening import open_sheets
from shared.tables.passed import Passed
from shared.tables.problems import NotThisFile
from shared.tables.sheets import Sheet

__all__ = ["InspectionsImporter"]

_BATCH = 500
_NO_OUTCOME = (
    "{} of the file have no outcome in it that is kept here: no report card, and no overall grade from before."
)


class InspectionsImporter:
    """Saves a batch of rows a transaction; a row of a URN that the register does not have is left out."""

    def __init__(self, report_cards: ReportCards, schools: SchoolImports, clock: Clock) -> None:
        self._report_cards = report_cards
        self._schools = schools
        self._clock = clock
        self._size = BatchSize(_BATCH)

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Recognise the file by its header."""
        sheets = await open_sheets(data, largest=LARGEST)
        header, every, passed = await asyncio.to_thread(_rows, sheets, self._clock.now().date())
        rows = [row for row in every if row.line > job.line]
        size = self._size.rows
        steps = (self._save(rows[at : at + size], job) for at in range(0, len(rows), size))
        silent = sum(1 for row in every if not (row.problem or row.card or row.overall))
        notes = (*passed.sentences(), *((_NO_OUTCOME.format(f"{silent:,} rows"),) if silent else ()))
        return Opened("inspections", max(len(every), 1), steps, self._finish, notes, (), header, self._size.halve)

    def _save(self, batch: list[CardRow], job: ImportJob) -> Step:
        async def step(work: UnitOfWork) -> Progress:
            schools = await self._schools.entries({row.urn for row in batch if row.urn})
            cards = await self._report_cards.report_cards({row.card.urn for row in batch if row.card})
            taken = take_inspections(batch, schools, cards, import_id=job.import_id, now=work.now)
            await self._report_cards.put_report_cards(taken.cards)
            await self._schools.put_entries((), taken.entries)
            await self._schools.put_history(taken.history)
            return taken.progress

        return step

    async def _finish(self, job: ImportJob, _work: UnitOfWork) -> Progress:
        return Progress().finished(summary_of(job))


def _rows(sheets: Sequence[Sheet], today: dt.date) -> tuple[tuple[str, ...], list[CardRow], Passed]:
    """The rows of the first sheet that holds inspections. Raises NotThisFile as the first sheet says."""
    refused: NotThisFile | None = None
    for sheet in sheets:
        try:
            header, rows = read_inspections(sheet.rows, today)
        except NotThisFile as error:
            refused = refused or error
        else:
            passed = Passed(blank=sheet.blank)
            return header, one_card_each(list(rows), passed), passed
    raise refused or NotThisFile("The file holds no sheet.")
