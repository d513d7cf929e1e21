"""What the imports of files share that people fill in by hand, CSV or XLSX: some rows a step."""

from collections.abc import Awaitable, Callable, Iterable

from services.programmes.domain.enrolment.columns import Heading
from services.programmes.domain.enrolment.standing import Broken
from services.programmes.domain.enrolment.table import HandRow, csv_records, hand_rows
from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.domain.register.report import summary_of
from services.programmes.files.workbook import is_workbook, workbook_records
from services.programmes.handlers.workers.imports.importer import Opened, Step
from shared.bus import UnitOfWork
from shared.commands.programmes import Problem
from shared.errors import Rejected

__all__ = ["RowTaker", "TakerOf", "left_out", "opened", "rows_of"]

RowTaker = Callable[[HandRow], Awaitable[Progress]]
TakerOf = Callable[[UnitOfWork], Awaitable[RowTaker]]
_BATCH = 25


def rows_of(data: bytes, wanted: Iterable[Heading], key: str) -> list[HandRow]:
    """The rows of a workbook or CSV file by its headings. Raises NotThisFile."""
    return hand_rows(workbook_records(data) if is_workbook(data) else csv_records(data), wanted, key)


def opened(kind: str, rows: list[HandRow], job: ImportJob, taker: TakerOf) -> Opened:
    """The steps that take the rows below the line the job has reached."""
    left = [row for row in rows if row.line > job.line]
    steps = (_step(left[at : at + _BATCH], taker) for at in range(0, len(left), _BATCH))
    return Opened(kind, len(rows), steps, _finish)


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
    problems = tuple(Problem(line=row.line, column=b.column, rule=b.rule, reason=b.sentence) for b in broken)
    return Progress(line=row.line, rows=1, rejected=1, problems=problems)


async def _finish(job: ImportJob, _work: UnitOfWork) -> Progress:
    return Progress().finished(summary_of(job))
