"""What the report of an import says: problems, rows to put right, changes, and a sentence with the counts."""

from collections.abc import Iterable, Mapping

from services.programmes.domain.imports import ImportJob, ProblemRow
from services.programmes.domain.register.reader import Entry
from services.programmes.domain.register.school import Change
from shared.commands.programmes import Change as ShownChange
from shared.commands.programmes import Problem as ShownProblem
from shared.tables.cells import shown
from shared.tables.passed import counted

__all__ = ["garbled_values", "problem_rows", "rows_to_correct", "shown_changes", "summary_of"]

_WORDS = {"schools": "school", "closed-schools": "closed school", "links": "link", "inspections": "report card"}
_WORDS |= {"enrolments": "enrolment", "facilitators": "facilitator"}


def problem_rows(entries: Iterable[Entry]) -> tuple[ShownProblem, ...]:
    """The problems of these rows as the report lists them."""
    return tuple(
        ShownProblem(
            line=p.line, column=p.column, rule="value-left-out" if p.row_kept else "row-left-out", reason=p.outcome()
        )
        for entry in entries
        for p in entry.problems
    )


def garbled_values(entries: Iterable[Entry], garbled: Mapping[int, frozenset[str]]) -> tuple[ShownProblem, ...]:
    """Values that are what is known, read in another encoding: what is known stays, and it is said."""
    return tuple(
        ShownProblem(
            line=entry.line,
            column=field,
            rule="value-left-out",
            reason=f"{shown(str(getattr(entry.school, field)))} is what is known in another encoding, so that stays.",
        )
        for entry in entries
        if entry.school is not None
        for field in sorted(garbled.get(entry.school.urn, ()))
    )


def rows_to_correct(entries: Iterable[Entry]) -> tuple[ProblemRow, ...]:
    """The rows themselves, for whoever puts them right."""
    return tuple(
        ProblemRow(
            line=entry.line,
            row_kept=all(p.row_kept for p in entry.problems),
            reasons=tuple(f"{p.column}: {p.reason}" for p in entry.problems),
            cells=entry.cells,
        )
        for entry in entries
        if entry.problems
    )


def shown_changes(changes: Iterable[tuple[int, Change]]) -> tuple[ShownChange, ...]:
    """Changes of entries, by URN."""
    return tuple(
        ShownChange(key=str(urn), field=each.field, old=_shown(each.old), new=_shown(each.new)) for urn, each in changes
    )


def summary_of(job: ImportJob) -> str:
    """One sentence with the counts."""
    taken = job.added + job.changed + job.unchanged
    what = counted(taken, _WORDS.get(job.kind, "row"))
    return (
        f"{what}: {job.added:,} added, {job.changed:,} changed, {job.unchanged:,} unchanged; "
        f"{counted(job.rejected, 'row')} left out."
    )


def _shown(value: object) -> str:
    return "" if value is None else str(value)
