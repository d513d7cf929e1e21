"""Imports the files that people fill in by hand: enrolments and facilitators, CSV or XLSX, some rows a step."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from services.programmes.domain.enrolment.columns import URN, Heading, headings
from services.programmes.domain.enrolment.differences import differences
from services.programmes.domain.enrolment.facilitators import HEADINGS, KEY, read_facilitator
from services.programmes.domain.enrolment.row import read_wish
from services.programmes.domain.enrolment.standing import Broken
from services.programmes.domain.enrolment.table import HandRow, csv_records, hand_rows
from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.domain.records import Programme
from services.programmes.domain.register.told import summary_of
from services.programmes.files.workbook import is_workbook, workbook_records
from services.programmes.handlers.enrolling import Enrolling
from services.programmes.handlers.imports.opened import Opened, Step
from services.programmes.handlers.programmes import ProgrammeHandlers
from shared.bus import UnitOfWork
from shared.commands.programmes import Problem
from shared.errors import Rejected

__all__ = ["EnrolmentsImporter", "FacilitatorsImporter"]

RowTaker = Callable[[HandRow], Awaitable[Progress]]
TakerOf = Callable[[UnitOfWork], Awaitable[RowTaker]]
_BATCH = 25


class EnrolmentsImporter:
    """A row enrols its school, or amends the enrolment where it says something new."""

    def __init__(self, enrolling: Enrolling) -> None:
        self._enrolling = enrolling

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Read the file by the headings of the programme's form. Raises NotThisFile, Rejected("unknown-programme")."""
        programme = await self._enrolling.programmes.get(job.programme_id or "")
        rows = await asyncio.to_thread(_rows, data, headings(programme.template), URN)

        return _opened("enrolments", rows, job, self._takers(programme.programme_id))

    def _takers(self, programme_id: str) -> TakerOf:
        async def taker(work: UnitOfWork) -> RowTaker:
            programme = await self._enrolling.programmes.get(programme_id)
            return partial(self._take, programme, work)

        return taker

    async def _take(self, programme: Programme, work: UnitOfWork, row: HandRow) -> Progress:
        wish, faults = read_wish(row.cells, programme.programme_id, programme.template)
        if wish is None:
            return _left_out(row, faults)
        found = await self._enrolling.situation(wish, programme)
        broken = found.broken(wish)
        if broken:
            return _left_out(row, broken)
        decision = await self._enrolling.take(wish, found, work)
        if found.before is None or found.before.state == "withdrawn":
            return Progress(line=row.line, rows=1, added=1)
        if not decision.events:
            return Progress(line=row.line, rows=1, unchanged=1)
        changes = differences(found.before, decision.enrolment)
        return Progress(line=row.line, rows=1, changed=1, changes=changes)


class FacilitatorsImporter:
    """A row appoints a facilitator, or changes the appointment."""

    def __init__(self, handlers: ProgrammeHandlers) -> None:
        self._handlers = handlers

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Read the file by its headings."""
        programme_id = job.programme_id or ""
        await self._handlers.programme(programme_id)
        rows = await asyncio.to_thread(_rows, data, HEADINGS, KEY)

        return _opened("facilitators", rows, job, self._takers(programme_id))

    def _takers(self, programme_id: str) -> TakerOf:
        async def taker(work: UnitOfWork) -> RowTaker:
            return partial(self._take, programme_id, work)

        return taker

    async def _take(self, programme_id: str, work: UnitOfWork, row: HandRow) -> Progress:
        wish, faults = read_facilitator(row.cells, programme_id)
        if wish is None:
            return _left_out(row, faults)
        already = len(work.outgoing)
        done = await self._handlers.appoint(wish, work)
        new, told = done.version == 1, len(work.outgoing) > already
        return Progress(line=row.line, rows=1, added=new and told, changed=told and not new, unchanged=not told)


def _rows(data: bytes, wanted: Iterable[Heading], key: str) -> list[HandRow]:
    return hand_rows(workbook_records(data) if is_workbook(data) else csv_records(data), wanted, key)


def _opened(kind: str, rows: list[HandRow], job: ImportJob, taker: TakerOf) -> Opened:
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
        return _left_out(row, [Broken("unreadable", row.problem.reason, row.problem.column)])
    try:
        return await take(row)
    except Rejected as refused:
        return _left_out(row, [Broken(refused.rule, refused.sentence, "whole row")])


def _left_out(row: HandRow, broken: Iterable[Broken]) -> Progress:
    problems = tuple(Problem(line=row.line, column=b.column, rule=b.rule, reason=b.sentence) for b in broken)
    return Progress(line=row.line, rows=1, rejected=1, problems=problems)


async def _finish(job: ImportJob, _work: UnitOfWork) -> Progress:
    return Progress().finished(summary_of(job))
