"""Imports report cards."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from itertools import islice

from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.domain.register.inspections import ReportCard
from services.programmes.domain.register.report import summary_of
from services.programmes.domain.register.report_cards import CardRow, changes_of, read_report_cards
from services.programmes.domain.tables.text import count_lines
from services.programmes.handlers.workers.imports.importer import Opened, Step
from services.programmes.ports.register import ReportCards
from shared.bus import UnitOfWork
from shared.clock import Clock
from shared.commands.programmes import Change, Problem

__all__ = ["InspectionsImporter"]

Inspection = tuple[int, dt.date]
_BATCH = 500


class InspectionsImporter:
    """Saves a batch of report cards a transaction; a card of a URN that the register does not have is left out."""

    def __init__(self, report_cards: ReportCards, clock: Clock) -> None:
        self._report_cards = report_cards
        self._clock = clock

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Recognise the file by its header."""
        rows = await asyncio.to_thread(read_report_cards, data, self._clock.now().date())
        left = (row for row in rows if row.line > job.line)
        steps = (self._save(batch) for batch in _batches(left))
        return Opened("inspections", max(count_lines(data) - 1, 1), steps, self._finish)

    def _save(self, batch: list[CardRow]) -> Step:
        async def step(_work: UnitOfWork) -> Progress:
            cards = [row.card for row in batch if row.card]
            known = await self._report_cards.school_ids(card.urn for card in cards)
            before = await self._report_cards.report_cards(known)
            problems = [problem for row in batch if (problem := _problem(row, known))]
            taken = {(card.urn, card.inspected): card for card in cards if card.urn in known}
            changed = {key: card for key, card in taken.items() if before.get(key, card) != card}
            await self._report_cards.put_report_cards([card for key, card in taken.items() if card != before.get(key)])
            added = sum(1 for key in taken if key not in before)
            return Progress(
                line=batch[-1].line,
                rows=len(batch),
                added=added,
                changed=len(changed),
                unchanged=len(batch) - len(problems) - added - len(changed),
                rejected=len(problems),
                problems=tuple(problems),
                changes=_changes(before, changed),
            )

        return step

    async def _finish(self, job: ImportJob, _work: UnitOfWork) -> Progress:
        return Progress().finished(summary_of(job))


def _batches(rows: Iterator[CardRow]) -> Iterator[list[CardRow]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _problem(row: CardRow, known: dict[int, str]) -> Problem | None:
    if row.problem:
        return Problem(line=row.line, column=row.problem.column, rule="row-left-out", reason=row.problem.outcome())
    if row.card and row.card.urn not in known:
        reason = f"No school in the register has URN {row.card.urn}. The row was left out."
        return Problem(line=row.line, column="urn", rule="unknown-urn", reason=reason)
    return None


def _changes(before: dict[Inspection, ReportCard], changed: dict[Inspection, ReportCard]) -> tuple[Change, ...]:
    return tuple(change for key, card in changed.items() for change in changes_of(before[key], card))
