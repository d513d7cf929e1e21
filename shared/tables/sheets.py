"""A table as a file holds it, whichever program wrote it: sheets of numbered rows of text.

Readers of formats (`xlsx`, `ods`, `delimited`) fill it. What a cell cannot say as text (an error value, a formula
without a value, a merged cell) stands beside the cells as a sentence.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.tables.cells import is_blank
from shared.tables.problems import NotThisFile, Problem
from shared.tables.records import Record

__all__ = ["FORMULA_WITHOUT_VALUE", "MERGED", "MOST_COLUMNS", "Sheet", "Sheeted", "cell_text", "column_letters"]

FORMULA_WITHOUT_VALUE = (
    "This cell holds a formula without a value. Open the file in a spreadsheet program, save it, and send it again."
)
MERGED = "This cell is merged with others, so only the first of them holds a value. Unmerge it and fill in each cell."
MOST_COLUMNS = 200
_MOST_LINES = 40_000
_MOST_MERGED = 200_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; a CSV file is one without a name.

    `hidden_rows` are lines and `hidden_columns` places of columns (0 is A) that a filter or a person has hidden;
    `struck_rows` those whose cells are all struck through. `even`
    says that every row should have as many cells as the headings (CSV), `widest` is the number of cells of the widest
    row.
    """

    name: str
    rows: Sequence[Record | Problem]
    hidden: bool = False
    hidden_rows: frozenset[int] = field(default=frozenset())
    blank: int = 0
    even: bool = False
    widest: int = 0
    hidden_columns: frozenset[int] = field(default=frozenset())
    struck_rows: frozenset[int] = field(default=frozenset())


class Sheeted:
    """A sheet while a reader fills it: rows without a value are none, and nothing grows without bound."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows: dict[int, Record] = {}
        self._widest = 0
        self._merged = 0

    def add(self, row: Record, width: int = 0) -> None:
        """Keep a row if it holds anything. Raises `NotThisFile` when there are too many.

        `width`: how many columns it has, where its cells are those that are read only.
        """
        filled = any(text and not is_blank(text) for text in row.cells)
        if not filled and not any(fault != MERGED for fault in row.faults.values()) and width <= MOST_COLUMNS:
            return
        if len(self._rows) >= _MOST_LINES:
            raise NotThisFile(f"The sheet is longer than {_MOST_LINES:,} rows.")
        self._widest = max(self._widest, len(row.cells), width)
        del row.cells[MOST_COLUMNS:]
        self._rows[row.line] = row

    def merge(self, first: int, last: int, first_column: int, last_column: int) -> None:
        """Cells from one line and column to others are one: all but the first hold nothing."""
        lines = [line for line in self._rows if first <= line <= last] if last - first > 50 else range(first, last + 1)
        columns = range(first_column, min(last_column + 1, MOST_COLUMNS))
        self._merged += len(lines) * len(columns)
        if self._merged > _MOST_MERGED:
            raise NotThisFile(f"The sheet '{self._name}' is merged all over. Unmerge its cells and send it again.")
        for line in lines:
            if (row := self._rows.get(line)) is not None:
                covered = {at: MERGED for at in columns if (line, at) != (first, first_column)}
                self._rows[line] = Record(row.line, row.cells, covered | dict(row.faults))

    def sheet(
        self,
        *,
        hidden: bool,
        hidden_rows: frozenset[int],
        hidden_columns: frozenset[int],
        struck_rows: frozenset[int] = frozenset(),
    ) -> Sheet:
        """What was read."""
        rows = [self._rows[line] for line in sorted(self._rows)]
        blank = rows[-1].line - rows[0].line + 1 - len(rows) if rows else 0
        return Sheet(
            self._name, rows, hidden, hidden_rows & self._rows.keys(), blank, False, self._widest, hidden_columns,
            struck_rows & self._rows.keys(),
        )  # fmt: skip


def cell_text(value: Any) -> str:
    """A cell's value as a person would type it; days come before months."""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def column_letters(at: int) -> str:
    """The name that spreadsheets give to the column at this place: 0 is A, 26 is AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
