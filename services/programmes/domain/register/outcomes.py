"""Outcomes of inspections against each other: two cards for one day, and grades against what is known."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from services.programmes.domain.register.entry import RegisterEntry
from services.programmes.domain.register.inspections import OverallOutcome
from services.programmes.domain.register.report_cards import CardRow, changes_of
from services.programmes.domain.register.school import Change, changes_between
from shared.tables.passed import Passed, lines_named
from shared.tables.problems import Problem

__all__ = ["graded_anew", "one_card_each"]

_FIELDS = frozenset({"overall_grade", "inspected"})


def one_card_each(rows: Sequence[CardRow], passed: Passed) -> list[CardRow]:
    """Of two cards for one school and day, the same counts once, which `passed` says; of two that differ none does."""
    together: dict[tuple[int, object], list[CardRow]] = defaultdict(list)
    for row in rows:
        if row.card is not None:
            together[row.card.urn, row.card.inspected].append(row)
    instead: dict[int, CardRow | None] = {}
    for same in (each for each in together.values() if len(each) > 1):
        first = same[0]
        fields = {change.field for row in same[1:] for change in changes_of(first.card, row.card)}  # type: ignore[arg-type]  # all have a card
        for row in same:
            if fields:
                instead[row.line] = CardRow(row.line, problem=_twice(row, same, fields), cells=row.cells)
            elif row is not first:
                instead[row.line] = None
                passed.repeated.append((row.line, first.line))
    return [kept for row in rows if (kept := instead.get(row.line, row)) is not None]


def _twice(row: CardRow, same: Sequence[CardRow], fields: set[str]) -> Problem:
    others = lines_named(other.line for other in same if other is not row)
    said = (
        f"Another report card of URN {row.urn} for the same day stands on {others}, with another "
        f"{', '.join(sorted(fields))}. Delete the one that does not count."
    )
    return Problem(row.line, "inspection date", said)


def graded_anew(entry: RegisterEntry, outcome: OverallOutcome) -> tuple[RegisterEntry, list[Change]]:
    """The school with this overall grade, and what that changes: nothing where a later inspection is known."""
    school = entry.school
    if school.inspected and (outcome.on is None or outcome.on < school.inspected):
        return entry, []
    after = replace(school, overall_grade=outcome.grade, inspected=outcome.on)
    return replace(entry, school=after), changes_between(school, after, _FIELDS)
