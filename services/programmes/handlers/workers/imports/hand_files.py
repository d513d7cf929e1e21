"""What the imports of files share that people fill in by hand: some rows a step."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from services.programmes.domain.enrolment.columns import Heading
from services.programmes.domain.enrolment.standing import Broken
from services.programmes.domain.enrolment.table import HandRow, HandTable, hand_table
from services.programmes.domain.imports import ImportJob, ProblemRow, Progress
from services.programmes.domain.register.report import summary_of
from services.programmes.handlers.workers.imports.importer import Opened, Step
from shared.bus import UnitOfWork
from shared.commands.programmes import Problem
from shared.errors import Rejected
from shared.tables.opening import open_sheets

__all__ = ["RowTaker", "TakerOf", "left_out", "opened", "table_of", "without_values"]

RowTaker = Callable[[HandRow], Awaitable[Progress]]
TakerOf = Callable[[UnitOfWork], Awaitable[RowTaker]]
_BATCH = 25


async def table_of(data: bytes, wanted: Iterable[Heading], key: str, job: ImportJob) -> HandTable:
    """The rows of a workbook, OpenDocument spreadsheet or CSV file by its headings. Raises NotThisFile.

    Rows that were put right stand in the place of the file's.
    """
    instead = {row.line: row.cells for row in job.rows}
    return await asyncio.to_thread(hand_table, await open_sheets(data), wanted, key, instead)


def opened(kind: str, table: HandTable, job: ImportJob, taker: TakerOf, *, apart: bool = True) -> Opened:
    """The steps that take the rows below the line the job has reached. `apart`: no row builds on one before it."""
    left = [row for row in table.rows if row.line > job.line]
    steps = (_step(left[at : at + _BATCH], taker) for at in range(0, len(left), _BATCH))
    return Opened(
        kind,
        len(table.rows),
        steps,
        _finish,
        table.notes,
        table.questions,
        table.header,
        names=table.names,
        apart=apart,
    )


def _step(rows: list[HandRow], taker: TakerOf) -> Step:
    async def step(work: UnitOfWork) -> Progress:
        take = await taker(work)
        done = Progress()
        for row in rows:
            done = done.then(await _taken(row, take))
        return done

    return step


async def _taken(row: HandRow, take: RowTaker) -> Progress:
    if row.problem:
        return left_out(row, [Broken("unreadable", row.problem.reason, row.problem.column)])
    try:
        return await take(row)
    except Rejected as refused:
        return left_out(row, [Broken(refused.rule, refused.sentence, "whole row")])


def left_out(row: HandRow, broken: Iterable[Broken]) -> Progress:
    """A row that is not taken, with every reason."""
    return Progress(line=row.line, rows=1, rejected=1).then(_problems(row, list(broken), kept=False))


def without_values(row: HandRow, broken: Iterable[Broken]) -> Progress:
    """A row that is taken but for some of its values, with every reason."""
    return _problems(row, list(broken), kept=True)


def _problems(row: HandRow, broken: list[Broken], *, kept: bool) -> Progress:
    if not broken:
        return Progress()
    problems = tuple(
        Problem(line=row.line, column=b.column, rule="value-left-out" if kept else b.rule, reason=b.sentence)
        for b in broken
    )
    reasons = tuple(f"{b.column}: {b.sentence}" for b in broken)
    return Progress(
        problems=problems,
        problem_rows=(ProblemRow(line=row.line, row_kept=kept, reasons=reasons, cells=row.source),),
    )


async def _finish(job: ImportJob, _work: UnitOfWork) -> Progress:
    return Progress().finished(summary_of(job))
