"""Tables as files: CSV that every spreadsheet reads, with a mark of UTF-8, or XLSX. No cell is taken for a formula."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from starlette.responses import Response

Cell = str | int | float | dt.date | None
Row = Sequence[Cell]
LONGEST = 32_767
"""Characters that a cell of a workbook holds."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_csv(lines: Iterable[Row]) -> bytes:
    """Return lines as CSV, the headings among them."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_escaped(_text(cell)) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, lines: Iterable[Row]) -> bytes:
    """Return lines as a workbook of one sheet; the first line are the headings."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(title[:31]), book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for at, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(at, column, value[:LONGEST], bold if at == 0 else None)
                elif isinstance(value, dt.date):
                    sheet.write_datetime(at, column, value, day)
                elif value is not None:
                    sheet.write_number(at, column, value)
    return file.getvalue()


def download(filename: str, media_type: str, content: bytes) -> Response:
    """Return a file to be kept."""
    headers = {"content-disposition": f'attachment; filename="{filename}"'}
    return Response(content, media_type=media_type, headers=headers)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _escaped(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; an import takes the mark off again."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
