"""The action plan as a workbook to go on working in: text stays text, whatever it begins with."""

import datetime as dt
import io

import xlsxwriter

from services.reporting.domain.reports.action_plan import ActionPlanReport
from services.reporting.domain.reports.blocks import ActionsPart, BlockReport
from services.reporting.domain.reports.kinds import Report
from services.reporting.domain.reports.plan_figures import ActionLine
from services.reporting.domain.status import RATING_WORDS, STATUS_WORDS
from services.reporting.render.colours import NAVY, PILL_GROUND, PILL_TEXT
from services.reporting.render.text import clean
from services.reporting.render.view import changed

LONGEST_CELL = 32_767
_COLUMNS = (
    ("No.", 6), ("Priority", 18), ("What", 52), ("Owner", 22), ("Due", 14),
    ("How success is told", 44), ("Status", 14), ("Rating", 12),
)  # fmt: skip
_HEADER_ROW = 3


def plans_of(report: Report) -> tuple[ActionLine, ...]:
    """The actions that a report holds, one plan after the other; none: it is no report of an action plan."""
    match report:
        case ActionPlanReport():
            return report.actions
        case BlockReport():
            return tuple(line for part in report.parts if isinstance(part, ActionsPart) for line in part.actions)
        case _:
            return ()


def make_xlsx(report: Report) -> bytes:
    """Make the workbook: a heading, then a row for each action, with a filter and a list of statuses to choose from."""
    report = changed(report, clean)
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(made, options)
    stamp = dt.datetime.combine(report.head.prepared_on, dt.time())
    book.set_properties(
        {
            "title": f"{report.head.title}: {report.head.subject}"[:255],
            "author": report.head.programme[:255],
            "created": stamp,
        }
    )
    sheet = book.add_worksheet("Action plan")
    _head(book, sheet, report)
    _rows(book, sheet, plans_of(report))
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    book.close()
    return made.getvalue()


def _head(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, report: Report) -> None:
    title = book.add_format({"bold": True, "font_size": 16, "font_color": NAVY})
    header = book.add_format({"bold": True, "font_color": "#ffffff", "bg_color": NAVY, "valign": "vcenter"})
    sheet.write_string(0, 0, f"{report.head.title}: {report.head.subject}"[:LONGEST_CELL], title)
    sheet.write_string(1, 0, f"{report.head.prepared} · {report.head.reference} · version {report.head.edition}")
    for column, (words, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER_ROW, column, words, header)


def _rows(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, actions: tuple[ActionLine, ...]) -> None:
    text = book.add_format({"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#d3d8df"})
    date = book.add_format(
        {"num_format": "d mmm yyyy", "align": "left", "valign": "top", "bottom": 1, "bottom_color": "#d3d8df"}
    )
    pills = {
        key: book.add_format(
            {"valign": "top", "bold": True, "font_color": PILL_TEXT[key], "bg_color": PILL_GROUND[key], "bottom": 1,
             "bottom_color": "#d3d8df"}
        )
        for key in RATING_WORDS
    }  # fmt: skip
    for row, action in enumerate(actions, start=_HEADER_ROW + 1):
        sheet.write_number(row, 0, action.number, text)
        due = dt.datetime.combine(action.due, dt.time())
        for column, value in (
            (1, action.priority),
            (2, action.what),
            (3, action.owner),
            (5, action.success),
            (6, action.status),
        ):
            sheet.write_string(row, column, value[:LONGEST_CELL], text)
        sheet.write_datetime(row, 4, due, date)
        sheet.write_string(row, 7, RATING_WORDS[action.rating], pills[action.rating])
    if actions:
        last = _HEADER_ROW + len(actions)
        sheet.autofilter(_HEADER_ROW, 0, last, len(_COLUMNS) - 1)
        sheet.data_validation(_HEADER_ROW + 1, 6, last, 6, {"validate": "list", "source": list(STATUS_WORDS.values())})
