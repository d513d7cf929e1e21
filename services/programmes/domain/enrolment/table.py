"""A file that people fill in by hand, as rows of cells by column; CSV here, workbooks by `files.workbook`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from services.programmes.domain.enrolment.columns import Heading, place_headings
from services.programmes.domain.enrolment.row import is_ignored
from services.programmes.domain.tables.problems import NotThisFile, Problem
from services.programmes.domain.tables.records import Record, records_of, separator_of
from services.programmes.domain.tables.text import lines_of

__all__ = ["LARGEST", "MOST_ROWS", "HandRow", "csv_records", "hand_rows"]

LARGEST = 10_000_000
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class HandRow:
    """One row: its cells by column, or what is wrong with it."""

    line: int
    cells: dict[str, str]
    problem: Problem | None = None


def csv_records(data: bytes) -> Iterator[Record | Problem]:
    """The rows of a CSV file, header first; comma, semicolon or tab."""
    if len(data) > LARGEST:
        raise NotThisFile(f"The file is larger than {LARGEST // 1_000_000} MB.")
    lines = lines_of(data, LARGEST * 5)
    top = next(lines, "")
    return records_of(chain([top], lines), separator_of(top))


def hand_rows(records: Iterable[Record | Problem], wanted: Iterable[Heading], key: str) -> list[HandRow]:
    """All rows below the header but for examples and notes, which column `key` marks. Raises `NotThisFile`."""
    rows = iter(records)
    header = next(rows, None)
    if not isinstance(header, Record):
        raise NotThisFile("The file's first line cannot be read.")
    places = place_headings(header.cells, wanted)
    found = [row for each in rows if (row := _row(each, places, key)) is not None]
    if len(found) > MOST_ROWS:
        raise NotThisFile(f"The file has {len(found):,} rows; at most {MOST_ROWS:,} are taken at once.")
    if not found:
        raise NotThisFile("The file has headings but no row to import.")
    return found


def _row(each: Record | Problem, places: dict[str, int], key: str) -> HandRow | None:
    if isinstance(each, Problem):
        return HandRow(each.line, {}, each)
    cells = {name: each.cells[at] if at < len(each.cells) else "" for name, at in places.items()}
    first = next((cell for cell in each.cells if cell.strip()), "")
    return None if is_ignored(cells[key]) or is_ignored(first) else HandRow(each.line, cells)
