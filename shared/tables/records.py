"""Lines to records: a CSV reader that a stray quotation mark cannot make swallow the rest of the file.

The standard reader treats an unclosed quote as a field that goes on, over thousands of rows. Here a record may run
over a few lines only (an address with a line break in it), and only if it then has as many cells as one of the first
rows; otherwise its first line is reported and reading goes on with the next. The first row may have line breaks in many
of its cells, as headings do, as long as no such cell holds the separator, too.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice

from shared.tables.cells import is_blank
from shared.tables.passed import Passed
from shared.tables.problems import Problem

__all__ = ["Record", "records_of", "separated", "separator_of"]

_MOST_LINES = 6
_MOST_HEADING_LINES = 120
_MOST_CHARACTERS = 100_000
_FIRST_ROWS = 10
_UNCLOSED = "A quotation mark opens and is not closed."
_SEPARATORS = ",;\t|"
_AS_FORMULA = re.compile(r'\s*="([^"]*)"\s*')
_STATED = re.compile(r'\ufeff?"?sep=(.)"?[,;\t|]*\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row and the line it starts on. `faults`: what a cell holds instead of a value, by place."""

    line: int
    cells: list[str]
    faults: Mapping[int, str] = field(default_factory=dict)


class _Waiting:
    """Lines not yet released as a record."""

    def __init__(self, separator: str, passed: Passed) -> None:
        self.separator = separator
        self.passed = passed
        self.widths: list[int] = []
        self.lines: list[tuple[int, str]] = []

    def full(self) -> bool:
        most = _MOST_LINES if self.widths else _MOST_HEADING_LINES
        return len(self.lines) >= most or sum(len(text) for _, text in self.lines) > _MOST_CHARACTERS

    def closed_after(self) -> int:
        """How many lines make up the first record; 0 while its quotation marks are not closed."""
        quotes = 0
        for taken, (_, text) in enumerate(self.lines, start=1):
            quotes += text.count('"')
            if quotes % 2 == 0:
                return taken
        return 0

    def release(self, taken: int) -> Record | Problem | None:
        line, text = self.lines[0][0], "".join(text for _, text in self.lines[:taken])
        cells = self._cells(text) if 0 < len(text) <= _MOST_CHARACTERS else []
        whole = cells is not None and (taken == 1 or (taken > 1 and self._fits(cells)))
        del self.lines[: taken if whole else 1]
        if cells is None or not whole:
            return Problem(line, "whole row", _UNCLOSED)
        if len(text) > _MOST_CHARACTERS:
            return Problem(line, "whole row", f"The row is longer than {_MOST_CHARACTERS:,} characters.")
        if all(map(is_blank, cells)):
            self.passed.blank += 1
            return None
        if len(self.widths) < _FIRST_ROWS:
            self.widths.append(len(cells))
        return Record(line, cells)

    def _fits(self, cells: list[str]) -> bool:
        """Whether a record of several lines is one, and no stray quotation mark has swallowed rows."""
        if self.widths:
            return len(cells) in self.widths
        return not any("\n" in cell and self.separator in cell for cell in cells)

    def _cells(self, text: str) -> list[str] | None:
        try:
            cells = next(csv.reader([text], delimiter=self.separator), [])
        except csv.Error:
            return None
        return [_bare(cell) for cell in cells] if '="' in text or '=""' in text else cells


def _bare(cell: str) -> str:
    """The text that an export has written as a formula, ="0114", so that no spreadsheet takes it for a number."""
    found = _AS_FORMULA.fullmatch(cell)
    return found[1] if found else cell


def records_of(
    lines: Iterable[str], separator: str = ",", passed: Passed | None = None, *, first: int = 1
) -> Iterator[Record | Problem]:
    """Every row in order; rows that cannot be read come as a `Problem`, blank rows are counted in `passed`.

    `first` is the number of the first line.
    """
    waiting = _Waiting(separator, passed if passed is not None else Passed())
    for numbered in enumerate(lines, start=first):
        waiting.lines.append(numbered)
        yield from _released(waiting, at_end=False)
    yield from _released(waiting, at_end=True)


def _released(waiting: _Waiting, *, at_end: bool) -> Iterator[Record | Problem]:
    while waiting.lines:
        taken = waiting.closed_after()
        if taken == 0 and not at_end and not waiting.full():
            return
        released = waiting.release(taken)
        if released is not None:
            yield released


def separated(lines: Iterable[str], passed: Passed | None = None) -> Iterator[Record | Problem]:
    """The rows of a table whose separator is not known yet: the one that `sep=;` states, else the most frequent."""
    rest = iter(lines)
    top = list(islice(rest, _FIRST_ROWS))
    stated = _STATED.fullmatch(top[0]) if top else None
    if stated is not None:
        return records_of(chain(top[1:], rest), stated[1], passed, first=2)
    return records_of(chain(top, rest), separator_of(*top), passed)


def separator_of(*top: str) -> str:
    """Comma, semicolon, tab or bar, whichever one of these first lines uses most (outside quotation marks)."""
    bare = ["".join(line.split('"')[::2]) for line in top]
    return max(_SEPARATORS, key=lambda separator: max((line.count(separator) for line in bare), default=0))
