"""OpenDocument spreadsheets (LibreOffice, Google, Ofsted) as sheets of text.

Their `content.xml` is read as a stream (OpenDocument 1.3, part 3, section 9): cells and rows repeat by a count, which
is never unfolded where they are empty. XML entities are refused (defusedxml).
"""

import datetime as dt
import io
import zipfile
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from shared.tables.cells import is_blank
from shared.tables.problems import NotThisFile
from shared.tables.records import Record
from shared.tables.sheets import (
    FORMULA_WITHOUT_VALUE,
    MERGED,
    MOST_COLUMNS,
    Sheet,
    Sheeted,
    cell_text,
)

__all__ = ["ods_sheets"]

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{{{_NAMES}{name}:1.0}}" for name in ("table", "office", "text", "style"))
_ENTITIES = "The spreadsheet defines XML entities, which no spreadsheet program writes; it is not opened. Save it anew."
_DAMAGED = "The OpenDocument spreadsheet is damaged and cannot be opened."
_REPEATED_AT_MOST = 40_001
_MOST_CELLS = 8_000_000
_MOST_BLANKS = 50
_TABLE_WITHIN = "This cell holds a table of its own, which is not read. Write its value into the cell."
_UNSEEN = {"collapse", "filter"}


def ods_sheets(data: bytes) -> list[Sheet]:
    """Every sheet of the document. Raises `NotThisFile`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as source:
            return _Document().read(source)
    except DefusedXmlException as error:
        raise NotThisFile(_ENTITIES) from error
    except MemoryError as error:
        raise NotThisFile("The spreadsheet needs more memory than there is for it.") from error
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, EOFError, RecursionError) as error:
        if isinstance(error, NotThisFile):
            raise
        raise NotThisFile(_DAMAGED) from error


class _Document:
    """The state of reading: hidden table styles, and the sheet that is open."""

    def __init__(self) -> None:
        self._invisible: set[str] = set()
        self._sheets: list[Sheet] = []
        self._open: Sheeted | None = None
        self._hidden: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._struck: set[str] = set()
        self._struck_rows: set[int] = set()
        self._line = self._column = self._depth = self._cells = 0

    def read(self, source: Any) -> list[Sheet]:
        """All sheets."""
        for event, element in iterparse(source, ("start", "end")):
            within = self._depth > 1
            if element.tag == f"{_TABLE}table":
                self._depth += 1 if event == "start" else -1
                if not within and event == "start" and self._depth == 1:
                    self._begin(element)
                elif self._depth == 0 and self._open is not None:
                    self._end(element, self._open)
            elif event == "end" and not within:
                self._part(element)
        return self._sheets

    def _begin(self, element: Element) -> None:
        self._open = Sheeted(element.get(f"{_TABLE}name", ""))
        self._hidden, self._hidden_columns, self._struck_rows = set(), set(), set()
        self._line = self._column = 0

    def _part(self, element: Element) -> None:
        """A style, column or row, of no table that stands in a cell of another."""
        if element.tag == f"{_STYLE}style":
            self._style(element)
        elif element.tag == f"{_TABLE}table-column":
            self._columns(element)
        elif element.tag == f"{_TABLE}table-row" and self._open is not None:
            self._row(element, self._open)
            element.clear()

    def _end(self, element: Element, sheet: Sheeted) -> None:
        hidden = element.get(f"{_TABLE}style-name", "") in self._invisible
        rows, columns = frozenset(self._hidden), frozenset(self._hidden_columns)
        struck = frozenset(self._struck_rows)
        self._sheets.append(sheet.sheet(hidden=hidden, hidden_rows=rows, hidden_columns=columns, struck_rows=struck))
        self._open = None
        element.clear()

    def _style(self, element: Element) -> None:
        properties = element.find(f"{_STYLE}table-properties")
        if properties is not None and properties.get(f"{_TABLE}display") == "false":
            self._invisible.add(element.get(f"{_STYLE}name", ""))
        text = element.find(f"{_STYLE}text-properties")
        if text is not None and text.get(f"{_STYLE}text-line-through-style", "none") != "none":
            self._struck.add(element.get(f"{_STYLE}name", ""))

    def _columns(self, element: Element) -> None:
        after = self._column + int(element.get(f"{_TABLE}number-columns-repeated", "1"))
        if element.get(f"{_TABLE}visibility") in _UNSEEN:
            self._hidden_columns |= set(range(self._column, min(after, MOST_COLUMNS)))
        self._column = after

    def _row(self, element: Element, sheet: Sheeted) -> None:
        times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        cells, faults, width = _cells(element)
        self._cells += len(cells) * min(times, _REPEATED_AT_MOST)
        if self._cells > _MOST_CELLS:
            raise NotThisFile(f"The spreadsheet has more than {_MOST_CELLS:,} cells. Send the one sheet alone.")
        hidden = element.get(f"{_TABLE}visibility") in _UNSEEN
        if cells or faults:
            for line in range(self._line + 1, self._line + 1 + min(times, _REPEATED_AT_MOST)):
                sheet.add(Record(line, list(cells), faults), width)
                self._hidden |= {line} if hidden else set()
                self._struck_rows |= {line} if self._struck and self._all_struck(element) else set()
        self._line += times

    def _all_struck(self, row: Element) -> bool:
        filled = [cell for cell in row if not is_blank(_cell(cell)[0])]
        return bool(filled) and all(cell.get(f"{_TABLE}style-name") in self._struck for cell in filled)


def _cells(row: Element) -> tuple[list[str], dict[int, str], int]:
    """A row's cells as far as columns are read, what some hold instead of a value, and how many columns it has."""
    texts: list[str] = []
    faults: dict[int, str] = {}
    at = width = 0
    for cell in row:
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        text, fault = _cell(cell)
        if fault or not is_blank(text):
            for place in range(at, min(at + times, MOST_COLUMNS)):
                texts.extend([""] * (place + 1 - len(texts)))
                texts[place] = text
                faults |= {place: fault} if fault else {}
            width = max(width, at + times)
        at += times
    return texts, faults, width


def _cell(cell: Element) -> tuple[str, str]:
    if cell.tag == f"{_TABLE}covered-table-cell":
        return "", MERGED
    if cell.find(f"{_TABLE}table") is not None:
        return "", _TABLE_WITHIN
    kind = cell.get(f"{_OFFICE}value-type", "")
    text = "\n".join(_paragraph(each) for each in cell if each.tag == f"{_TEXT}p")
    if kind == "date" and (day := cell.get(f"{_OFFICE}date-value")):
        return cell_text(dt.date.fromisoformat(day[:10])), ""
    if kind in {"float", "currency"} and (number := cell.get(f"{_OFFICE}value")) and not text.startswith(("#", "Err:")):
        return cell_text(float(number)), ""
    return text, FORMULA_WITHOUT_VALUE if cell.get(f"{_TABLE}formula") and not text else ""


def _paragraph(element: Element) -> str:
    """The text of a paragraph; blanks, tabs and line breaks are elements of their own (section 6.1)."""
    parts = [element.text or ""]
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), _MOST_BLANKS))
        elif name in {"tab", "line-break"}:
            parts.append("\t" if name == "tab" else "\n")
        elif name != "annotation":
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
