"""Lines to records: a CSV reader that a stray quotation mark cannot make swallow the rest of the file.

The standard reader treats an unclosed quote as a field that goes on, over thousands of rows. Here a record may run
over a few lines only (an address with a line break in it), and only if it then has as many cells as the header;
otherwise its first line is reported and reading goes on with the next.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.programmes.domain.tables.problems import Problem

__all__ = ["Record", "records_of", "separator_of"]

_MOST_LINES = 6
_MOST_CHARACTERS = 100_000
_UNCLOSED = "A quotation mark opens and is not closed."


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row and the line it starts on (the header is line 1)."""

    line: int
    cells: list[str]


class _Waiting:
    """Lines not yet released as a record."""

    def __init__(self, separator: str) -> None:
        self.separator = separator
        self.width = 0
        self.lines: list[tuple[int, str]] = []

    def full(self) -> bool:
        return len(self.lines) >= _MOST_LINES or sum(len(text) for _, text in self.lines) > _MOST_CHARACTERS

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
        whole = cells is not None and (taken == 1 or (taken > 1 and len(cells) == self.width))
        del self.lines[: taken if whole else 1]
        if cells is None or not whole:
            return Problem(line, "whole row", _UNCLOSED)
        if len(text) > _MOST_CHARACTERS:
            return Problem(line, "whole row", f"The row is longer than {_MOST_CHARACTERS:,} characters.")
        if not any(cell.strip() for cell in cells):
            return None
        self.width = self.width or len(cells)
        return Record(line, cells)

    def _cells(self, text: str) -> list[str] | None:
        try:
            return next(csv.reader([text], delimiter=self.separator), [])
        except csv.Error:
            return None


def records_of(lines: Iterable[str], separator: str = ",") -> Iterator[Record | Problem]:
    """Every row in order; blank rows are passed over, rows that cannot be read come as a `Problem`."""
    waiting = _Waiting(separator)
    for numbered in enumerate(lines, start=1):
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


def separator_of(header: str) -> str:
    """Comma, semicolon or tab, whichever the header line uses most (outside quotation marks)."""
    bare = "".join(header.split('"')[::2])
    return max(",;\t", key=bare.count)
