"""Imports the outcomes of inspections: report cards, and the overall grades that stand from before."""

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from services.programmes.domain.imports import ImportJob, ProblemRow, Progress
from services.programmes.domain.register.entry import FieldChange, RegisterEntry
from services.programmes.domain.register.outcomes import graded_anew, one_card_each
from services.programmes.domain.register.report import shown_changes, summary_of
from services.programmes.domain.register.report_cards import LARGEST, CardRow, changes_of, read_inspections
from services.programmes.domain.register.school import Change as SchoolChange
from services.programmes.domain.tables.passed import Passed
from services.programmes.domain.tables.problems import NotThisFile
from services.programmes.domain.tables.sheets import Sheet
from services.programmes.files.opening import open_sheets
from services.programmes.handlers.workers.imports.importer import Opened, Step
from services.programmes.ports.register import ReportCards, SchoolImports
from shared.bus import UnitOfWork
from shared.clock import Clock
from shared.commands.programmes import Change, Problem

__all__ = ["InspectionsImporter"]

Inspection = tuple[int, dt.date]
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

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Recognise the file by its header."""
        sheets = await open_sheets(data, largest=LARGEST)
        header, every, passed = await asyncio.to_thread(_rows, sheets, self._clock.now().date())
        rows = [row for row in every if row.line > job.line]
        steps = (self._save(rows[at : at + _BATCH], job) for at in range(0, len(rows), _BATCH))
        silent = sum(1 for row in every if not (row.problem or row.card or row.overall))
        notes = (*passed.sentences(), *((_NO_OUTCOME.format(f"{silent:,} rows"),) if silent else ()))
        return Opened("inspections", max(len(every), 1), steps, self._finish, notes, (), header)

    def _save(self, batch: list[CardRow], job: ImportJob) -> Step:
        async def step(work: UnitOfWork) -> Progress:
            known = await self._schools.entries({row.urn for row in batch if row.urn})
            problems = {row.line: problem for row in batch if (problem := _problem(row, known))}
            taken = [row for row in batch if row.line not in problems]
            added, changed, changes = await self._cards(taken)
            graded = await self._grades(taken, known, job, work)
            touched = {key[0] for key in changed} | graded.keys()
            changed_lines = {row.line for row in taken if row.urn in touched and _key(row) not in added}
            return Progress(
                line=batch[-1].line,
                rows=len(batch),
                added=len(added),
                changed=len(changed_lines),
                unchanged=len(taken) - len(added) - len(changed_lines),
                rejected=len(problems),
                problems=tuple(problems.values()),
                problem_rows=tuple(_to_mend(row, problems[row.line]) for row in batch if row.line in problems),
                changes=(*changes, *shown_changes((urn, each) for urn, found in graded.items() for each in found)),
            )

        return step

    async def _cards(self, rows: list[CardRow]) -> tuple[set[Inspection], set[Inspection], tuple[Change, ...]]:
        """Save report cards; which are new, which are changed, and what changed in them."""
        taken = {(row.card.urn, row.card.inspected): row.card for row in rows if row.card}
        before = await self._report_cards.report_cards({urn for urn, _ in taken})
        changed = {key for key, card in taken.items() if before.get(key, card) != card}
        await self._report_cards.put_report_cards([card for key, card in taken.items() if card != before.get(key)])
        told = tuple(change for key in sorted(changed) for change in changes_of(before[key], taken[key]))
        return set(taken) - set(before), changed, told

    async def _grades(
        self, rows: list[CardRow], known: Mapping[int, RegisterEntry], job: ImportJob, work: UnitOfWork
    ) -> dict[int, list[SchoolChange]]:
        """Save overall grades that are later than what is known; what changed, by URN."""
        moved: dict[int, RegisterEntry] = {}
        changes: dict[int, list[SchoolChange]] = defaultdict(list)
        for row in rows:
            if row.overall is None:
                continue
            entry, found = graded_anew(moved.get(row.urn, known[row.urn]), row.overall)
            if found:
                moved[row.urn] = entry
                changes[row.urn] += found
        await self._schools.put_entries((), list(moved.values()))
        history = [FieldChange(urn, job.import_id, work.now, each) for urn, found in changes.items() for each in found]
        await self._schools.put_history(history)
        return dict(changes)

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


def _key(row: CardRow) -> Inspection | None:
    return (row.card.urn, row.card.inspected) if row.card else None


def _problem(row: CardRow, known: Mapping[int, RegisterEntry]) -> Problem | None:
    if row.problem:
        return Problem(line=row.line, column=row.problem.column, rule="row-left-out", reason=row.problem.outcome())
    if row.urn not in known:
        reason = f"No school in the register has URN {row.urn}. The row was left out."
        return Problem(line=row.line, column="urn", rule="unknown-urn", reason=reason)
    return None


def _to_mend(row: CardRow, problem: Problem) -> ProblemRow:
    return ProblemRow(line=row.line, reasons=(f"{problem.column}: {problem.reason}",), cells=row.cells)
