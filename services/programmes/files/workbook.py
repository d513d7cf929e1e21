"""Writes the empty enrolment form as an Excel workbook with its drop-down lists."""

import io
from typing import Any

import xlsxwriter

from services.programmes.domain.enrolment.columns import EXAMPLE, headings
from services.programmes.domain.enrolment.form import example_row, topic_rows
from services.programmes.domain.tables.choosing import OWN_LIST
from shared.events.template import ProgrammeTemplate

__all__ = ["workbook_form"]

_ROWS_WITH_LISTS = 500


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
        topics.write_column(0, 0, [OWN_LIST, *titles])
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
