"""Excel workbooks as sheets of text, with what a cell holds where it holds no value.

Read with openpyxl's own streaming parser, row by row, so that the size a sheet states of itself does not matter and
hidden rows, merged cells and formulas without a value are seen; its ready-made reading shows none of these. Coloured
rows without a value are no rows. XML entities are refused (defusedxml).
"""

import io
from collections.abc import Iterator
from typing import Any

from defusedxml.common import DefusedXmlException
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import COL_TAG, FORMULA_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from shared.tables.book import opened_book
from shared.tables.cells import is_blank
from shared.tables.problems import NotThisFile
from shared.tables.records import Record
from shared.tables.sheets import FORMULA_WITHOUT_VALUE, MOST_COLUMNS, Sheet, Sheeted, cell_text

__all__ = ["xlsx_sheets"]

_DAMAGED = (
    "The Excel workbook is damaged and cannot be opened. Open it in a spreadsheet program, save it as 'Excel Workbook "
    "(.xlsx)', and send that."
)
_ENTITIES = "The workbook defines XML entities, which no spreadsheet program writes; it is not opened. Save it anew."
_CLEARED_EVERY = 500
_TRUE = {"1", "true"}


def xlsx_sheets(data: bytes) -> list[Sheet]:
    """Every sheet of the workbook. Raises `NotThisFile`."""
    try:
        book = opened_book(io.BytesIO(data))
        return [_sheet(book, sheet) for sheet in book.worksheets]
    except NotThisFile:
        raise
    except MemoryError as error:
        raise NotThisFile("The Excel workbook needs more memory than there is for it.") from error
    except Exception as error:  # a damaged workbook raises whatever its broken part trips over
        entities = isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException)
        raise NotThisFile(_ENTITIES if entities else _DAMAGED) from error


class _Rows(WorkSheetParser):
    """The rows of one sheet; formulas that have no value stay visible as such. `hidden_columns`: places, A is 0."""

    hidden_columns: frozenset[int] = frozenset()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A cell; of the data type 'f' where it is a formula without a value."""
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["data_type"] = "f"
        return cell

    def each(self, merged: list[str]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Rows in order; `merged` is filled with the ranges of merged cells, which stand after the rows."""
        parent, done = None, 0
        for event, element in iterparse(self.source, ("start", "end")):
            if event == "start":
                parent = element if element.tag.endswith("}sheetData") else parent
                continue
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
                done += 1
                if parent is not None and done % _CLEARED_EVERY == 0:
                    parent.clear()
            elif element.tag == COL_TAG and element.get("hidden") in _TRUE:
                last = min(int(element.get("max", "0")), MOST_COLUMNS)
                self.hidden_columns |= frozenset(range(int(element.get("min", "1")) - 1, last))
            elif element.tag == MERGE_TAG:
                merged += [each.get("ref", "") for each in element]


def _sheet(book: Any, sheet: Any) -> Sheet:
    kept, merged, struck, struck_rows = Sheeted(sheet.title), list[str](), _struck(book), set[int]()
    with book._archive.open(sheet._worksheet_path) as source:  # noqa: SLF001 - the way openpyxl's own reader opens it
        parser = _Rows(
            source,
            sheet._shared_strings,  # noqa: SLF001 - the same
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001 - the same
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - the same
        )
        for line, cells in parser.each(merged):
            kept.add(*_record(line, cells))
            if struck and _all_struck(cells, struck):
                struck_rows.add(line)
    hidden = frozenset(int(row) for row, told in parser.row_dimensions.items() if told.get("hidden") in _TRUE)
    for reference in merged:
        first_column, first, last_column, last = (bound or 1 for bound in range_boundaries(reference))
        kept.merge(first, last, first_column - 1, last_column - 1)
    invisible = sheet.sheet_state != "visible"
    return kept.sheet(
        hidden=invisible,
        hidden_rows=hidden,
        hidden_columns=parser.hidden_columns,
        struck_rows=frozenset(struck_rows),
    )


def _struck(book: Any) -> frozenset[int]:
    """The styles in which a cell's text is struck through."""
    styles, fonts = book._cell_styles, book._fonts  # noqa: SLF001 - openpyxl gives them cell by cell only
    return frozenset(at for at, style in enumerate(styles) if style.fontId < len(fonts) and fonts[style.fontId].strike)


def _all_struck(cells: list[dict[str, Any]], struck: frozenset[int]) -> bool:
    filled = [cell for cell in cells if cell["value"] is not None and not is_blank(cell_text(cell["value"]))]
    return bool(filled) and all(cell["style_id"] in struck for cell in filled)


def _record(line: int, cells: list[dict[str, Any]]) -> tuple[Record, int]:
    """A row's cells as far as columns are read, and how many columns it has."""
    texts: list[str] = []
    faults: dict[int, str] = {}
    width = 0
    for cell in cells:
        at, value = cell["column"] - 1, cell["value"]
        text = "" if value is None else cell_text(value)
        if cell["data_type"] == "f":
            faults[at] = FORMULA_WITHOUT_VALUE
        elif is_blank(text):
            continue
        width = max(width, at + 1)
        if at >= MOST_COLUMNS:
            continue
        texts.extend([""] * (at + 1 - len(texts)))
        texts[at] = text
    return Record(line, texts, faults), width
