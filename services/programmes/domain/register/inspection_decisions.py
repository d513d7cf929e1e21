"""What becomes of a batch of inspections: report cards and older grades to save, and counts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.programmes.domain.imports import ProblemRow, Progress
from services.programmes.domain.register.entry import FieldChange, RegisterEntry
from services.programmes.domain.register.inspections import ReportCard
from services.programmes.domain.register.outcomes import graded_anew
from services.programmes.domain.register.report import shown_changes
from services.programmes.domain.register.report_cards import CardRow, changes_of
from services.programmes.domain.register.school import Change
from shared.commands.programmes import Problem

__all__ = ["InspectionsTaken", "take_inspections"]

Inspection = tuple[int, dt.date]


@dataclass(frozen=True, slots=True)
class InspectionsTaken:
    """Report cards and entries to save, what changed in the entries, and how far the import is."""

    cards: tuple[ReportCard, ...]
    entries: tuple[RegisterEntry, ...]
    history: tuple[FieldChange, ...]
    progress: Progress


def take_inspections(
    batch: Sequence[CardRow],
    schools: Mapping[int, RegisterEntry],
    cards: Mapping[Inspection, ReportCard],
    *,
    import_id: str,
    now: dt.datetime,
) -> InspectionsTaken:
    """Take the rows whose URN is in the register. `schools` and `cards`: what is known, by URN and by inspection."""
    problems = {row.line: problem for row in batch if (problem := _problem(row, schools))}
    left_out = {line for line, problem in problems.items() if problem.rule != "value-left-out"}
    rows = [row for row in batch if row.line not in left_out]
    said = {(row.card.urn, row.card.inspected): row.card for row in rows if row.card}
    added, changed = set(said) - set(cards), {key for key, card in said.items() if cards.get(key, card) != card}
    entries, graded = _grades(rows, schools)
    touched = {urn for urn, _ in changed} | graded.keys()
    changed_lines = {row.line for row in rows if row.urn in touched and _key(row) not in added}
    changes = [change for key in sorted(changed) for change in changes_of(cards[key], said[key])]
    progress = Progress(
        line=batch[-1].line,
        rows=len(batch),
        added=len(added),
        changed=len(changed_lines),
        unchanged=len(rows) - len(added) - len(changed_lines),
        rejected=len(left_out),
        problems=tuple(problems.values()),
        problem_rows=tuple(_to_mend(row, problems[row.line]) for row in batch if row.line in problems),
        changes=(*changes, *shown_changes((urn, each) for urn, found in graded.items() for each in found)),
    )
    history = tuple(FieldChange(urn, import_id, now, each) for urn, found in graded.items() for each in found)
    return InspectionsTaken(
        tuple(card for key, card in said.items() if card != cards.get(key)), entries, history, progress
    )


def _grades(
    rows: Sequence[CardRow], schools: Mapping[int, RegisterEntry]
) -> tuple[tuple[RegisterEntry, ...], dict[int, list[Change]]]:
    """Entries with overall grades that are later than what is known; what changed, by URN."""
    moved: dict[int, RegisterEntry] = {}
    changes: dict[int, list[Change]] = defaultdict(list)
    for row in rows:
        if row.overall is None:
            continue
        entry, found = graded_anew(moved.get(row.urn, schools[row.urn]), row.overall)
        if found:
            moved[row.urn] = entry
            changes[row.urn] += found
    return tuple(moved.values()), dict(changes)


def _key(row: CardRow) -> Inspection | None:
    return (row.card.urn, row.card.inspected) if row.card else None


def _problem(row: CardRow, known: Mapping[int, RegisterEntry]) -> Problem | None:
    if row.problem and not row.problem.row_kept:
        return Problem(line=row.line, column=row.problem.column, rule="row-left-out", reason=row.problem.outcome())
    if row.urn not in known:
        reason = f"No school in the register has URN {row.urn}. The row was left out."
        return Problem(line=row.line, column="urn", rule="unknown-urn", reason=reason)
    if row.problem:
        return Problem(line=row.line, column=row.problem.column, rule="value-left-out", reason=row.problem.outcome())
    return None


def _to_mend(row: CardRow, problem: Problem) -> ProblemRow:
    kept = problem.rule == "value-left-out"
    return ProblemRow(line=row.line, row_kept=kept, reasons=(f"{problem.column}: {problem.reason}",), cells=row.cells)
