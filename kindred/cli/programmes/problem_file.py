"""The rows of an import with something wrong in them: the person's own rows, with what became of each and what to do.

The file can be put right and imported again: its two columns of ours are passed over.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from kindred.cli.session import find
from shared.commands.programmes import ImportReport, ListProblemRows, ProblemRow, ProblemRows
from shared.errors import Rejected

ADDED = ("Row is", "What to put right")
_SUFFIXES = (".csv", ".xlsx")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def must_be_writable(path: Path | None) -> None:
    """Raise Rejected unless the file can be written under this name; before anything is imported."""
    if path is None:
        return
    if path.suffix.lower() not in _SUFFIXES:
        named = path.with_suffix(".xlsx")
        raise Rejected("unknown-format", f"The rows are written as .csv or .xlsx; name the file {named}.")
    if not path.parent.is_dir():
        raise Rejected("no-folder", f"There is no folder {path.parent} to write {path.name} to.")


def write_problems(report: ImportReport, path: Path | None) -> tuple[str, ...]:
    """Write the rows, if there are any and somebody wants them; what was done, as sentences."""
    if path is None:
        return ()
    header, rows = _rows(report.import_id)
    if not rows:
        return (f"No row has anything wrong in it, so {path} was not written.",)
    table = [[*ADDED, *header], *([row.row_is, "\n".join(row.reasons), *row.cells] for row in rows)]
    (_write_csv if path.suffix.lower() == ".csv" else _write_workbook)(path, table)
    many = "1 row with what to put right is" if len(rows) == 1 else f"{len(rows):,} rows with what to put right are"
    return (f"{many} in {path}; put it right there and import that file.",)


def _rows(import_id: str) -> tuple[tuple[str, ...], list[ProblemRow]]:
    found: list[ProblemRow] = []
    while True:
        after = found[-1].line if found else 0
        page = find(ListProblemRows(import_id=import_id, after_line=after), ProblemRows)
        found += page.rows
        if not page.rows or len(found) >= page.total:
            return page.header, found


def _write_csv(path: Path, table: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_escaped(cell) for cell in row] for row in table)


def _escaped(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; the import takes the mark off again."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _write_workbook(path: Path, table: list[list[str]]) -> None:
    import xlsxwriter  # only who wants a workbook waits for it

    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet, bold = book.add_worksheet("To put right"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 1, 30)
        for line, row in enumerate(table):
            for at, cell in _filled(row):
                sheet.write_string(line, at, cell, bold if line == 0 else None)


def _filled(row: list[str]) -> Iterator[tuple[int, str]]:
    return ((at, cell) for at, cell in enumerate(row) if cell)
