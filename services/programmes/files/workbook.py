"""Writes the empty enrolment form as an Excel workbook with its drop-down lists."""

import io
from typing import Any

import xlsxwriter

from services.programmes.domain.enrolment.columns import EXAMPLE, headings
from services.programmes.domain.enrolment.form import GUIDE, advice, example_row, guide, must_be_filled, topic_rows
from services.programmes.domain.enrolment.terms import EnrolmentTerms
from services.programmes.domain.tables.choosing import OWN_GUIDE, OWN_LIST

__all__ = ["workbook_form"]

_ROWS_WITH_LISTS = 500


def workbook_form(terms: EnrolmentTerms) -> bytes:
    """The empty enrolment form: a sheet to fill in, with lists to choose from, the topics, and how to fill it in."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, topics, guide_sheet = (
            book.add_worksheet(name) for name in ("Enrolments", "Topics", "How to fill this in")
        )
        _write_columns(book, sheet, terms)
        titles = topic_rows(terms)
        topics.write_column(0, 0, [OWN_LIST, *titles])
        topics.set_column(0, 0, 50)
        _add_lists(sheet, [column.name for column in headings(terms)], len(titles))
        _write_guide(book, guide_sheet, terms)
        book.set_properties({"title": f"Enrolment form: {terms.title}", "comments": f"The row {EXAMPLE} is ignored"})
    return content.getvalue()


def _write_columns(book: xlsxwriter.Workbook, sheet: Any, terms: EnrolmentTerms) -> None:
    """Headings and the example. Columns that must be filled are orange; dates and telephone numbers are text."""
    top = {"bold": True, "text_wrap": True, "valign": "top"}
    plain, needed = book.add_format(top | {"bg_color": "#DCE6F1"}), book.add_format(top | {"bg_color": "#F4B183"})
    grey, text = book.add_format({"italic": True, "font_color": "#666666"}), book.add_format({"num_format": "@"})
    example, must = example_row(terms), must_be_filled(terms)
    columns = headings(terms)
    for at, column in enumerate(columns):
        as_text = column.name.lower().endswith(("phone", "dates not possible"))
        sheet.set_column(at, at, 22, text if as_text else None)
        sheet.write_string(0, at, column.name, needed if column.name in must else plain)
        sheet.write_string(1, at, example.get(column.name, ""), grey)
        hint = " ".join(filter(None, ("Must be filled." if column.name in must else "", column.hint)))
        if hint:
            sheet.write_comment(0, at, hint)
    sheet.freeze_panes(1, 2)


def _write_guide(book: xlsxwriter.Workbook, sheet: Any, terms: EnrolmentTerms) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, OWN_GUIDE, bold)
    sentences = [*advice(terms), "Columns with an orange heading must be filled."]
    for line, sentence in enumerate(sentences, start=1):
        sheet.write_string(line, 0, sentence)
    first = len(sentences) + 2
    for line, row in enumerate((GUIDE, *guide(terms)), start=first):
        for at, cell in enumerate(row):
            sheet.write_string(line, at, cell, bold if line == first else wrapped)
    sheet.set_column(0, 1, 32)
    sheet.set_column(2, 2, 60)


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
