"""Excel workbooks: reads the first sheet as rows of text, writes the empty enrolment form with its drop-down lists.

Only values are read, never formulas; a workbook that unpacks to more than a limit is refused before it is parsed.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import xlsxwriter

from services.programmes.domain.enrolment.columns import EXAMPLE, headings
from services.programmes.domain.enrolment.form import example_row, topic_rows
from services.programmes.domain.enrolment.table import LARGEST, MOST_ROWS
from services.programmes.domain.tables.problems import NotThisFile
from services.programmes.domain.tables.records import Record
from shared.events.template import ProgrammeTemplate

__all__ = ["is_workbook", "workbook_form", "workbook_records"]

_LARGEST_UNPACKED = 100_000_000
_MOST_COLUMNS = 200
_ROWS_WITH_LISTS = 500


def is_workbook(data: bytes) -> bool:
    """Whether the file is an XLSX (a ZIP archive)."""
    return data.startswith(b"PK\x03\x04")


def workbook_records(data: bytes) -> Iterator[Record]:
    """The rows of the first sheet, header first. Raises `NotThisFile`."""
    _refuse_oversized(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
    except Exception as error:  # a damaged workbook raises whatever its broken part trips over
        raise NotThisFile("The Excel workbook is damaged and cannot be opened.") from error
    for line, row in enumerate(sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS), start=1):
        if line > MOST_ROWS * 4:
            raise NotThisFile(f"The sheet is longer than {MOST_ROWS * 4:,} rows.")
        cells = [_text(value) for value in row]
        if any(cells):
            yield Record(line, cells)


def workbook_form(template: ProgrammeTemplate) -> bytes:
    """The empty enrolment form: a sheet to fill in, with lists to choose topics and weights from, and the topics."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Enrolments")
        topics = book.add_worksheet("Topics")
        columns = headings(template)
        example = example_row(template)
        bold = book.add_format({"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "top"})
        grey = book.add_format({"italic": True, "font_color": "#666666"})
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.name, bold)
            sheet.write_string(1, at, example.get(column.name, ""), grey)
            if column.hint:
                sheet.write_comment(0, at, column.hint)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, len(columns) - 1, 22)
        titles = topic_rows(template)
        topics.write_column(0, 0, ["Topics to choose from", *titles])
        topics.set_column(0, 0, 50)
        _add_lists(sheet, [column.name for column in columns], len(titles))
        book.set_properties({"title": f"Enrolment form: {template.title}", "comments": f"The row {EXAMPLE} is ignored"})
    return content.getvalue()


def _add_lists(sheet: Any, columns: list[str], topics: int) -> None:
    for at, name in enumerate(columns):
        word, _, rest = name.partition(" ")
        if word not in {"Strength", "Need"}:
            continue
        if rest.isdigit():
            rule: dict[str, Any] = {"validate": "list", "source": f"=Topics!$A$2:$A${topics + 1}"}
        elif rest.endswith("weight"):
            rule = {"validate": "list", "source": ["1", "2", "3", "4", "5"]}
        else:
            continue
        sheet.data_validation(1, at, _ROWS_WITH_LISTS, at, rule)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _refuse_oversized(data: bytes) -> None:
    if len(data) > LARGEST:
        raise NotThisFile(f"The file is larger than {LARGEST // 1_000_000} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise NotThisFile("The Excel workbook is cut off or damaged.") from error
    if unpacked > _LARGEST_UNPACKED:
        raise NotThisFile("The Excel workbook unpacks to more than 100 MB.")
    if "xl/workbook.xml" not in names:
        raise NotThisFile("The file is a ZIP archive but no Excel workbook.")
