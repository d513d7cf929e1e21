"""Reads the CSV of report cards (`kindred inspections import`).

Its layout is ours and stands in docs/data-formats.md.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from services.programmes.domain.register import layout, values
from services.programmes.domain.register.inspections import AREAS, Area, AreaGrade, ReportCard
from services.programmes.domain.tables.problems import NotThisFile, Problem
from services.programmes.domain.tables.records import Record, separated
from services.programmes.domain.tables.text import lines_of
from shared.commands.programmes import Change

__all__ = ["HEADER", "CardRow", "changes_of", "read_report_cards"]

_LARGEST = 50_000_000
_NEEDED = ("urn", "inspection date", "safeguarding", *(area.value for area in AREAS[:6]))
HEADER = ("urn", "inspection date", "published", *(area.value for area in AREAS), "safeguarding", "web link")
_SAFEGUARDING = {"met": True, "not met": False}


@dataclass(frozen=True, slots=True)
class CardRow:
    """What one line gave: a report card or a problem."""

    line: int
    card: ReportCard | None = None
    problem: Problem | None = None


def read_report_cards(data: bytes, today: dt.date) -> Iterator[CardRow]:
    """Every row of the file. Raises `NotThisFile` if the header lacks a column that report cards need."""
    rows = separated(lines_of(data, _LARGEST))
    header = next(rows, None)
    if not isinstance(header, Record):
        raise NotThisFile("The file holds no report cards: its first line cannot be read.")
    places = {" ".join(name.lower().split()): at for at, name in enumerate(header.cells)}
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        raise NotThisFile(f"The file holds no report cards: its header lacks {', '.join(missing)}.")
    return (_row(row, places, today) for row in rows)


def changes_of(old: ReportCard, new: ReportCard) -> list[Change]:
    """What a later file says differently about the same inspection."""
    before, after = _told(old), _told(new)
    return [
        Change(key=str(new.urn), field=field, old=before.get(field, ""), new=after.get(field, ""))
        for field in dict.fromkeys((*before, *after))
        if before.get(field, "") != after.get(field, "")
    ]


def _told(card: ReportCard) -> dict[str, str]:
    grades = {area.value: grade.value for area, grade in card.grades.items()}
    published = card.published.isoformat() if card.published else ""
    safeguarding = "met" if card.safeguarding_met else "not met"
    return grades | {"safeguarding": safeguarding, "published": published, "web link": card.web_link}


def _row(row: Record | Problem, places: dict[str, int], today: dt.date) -> CardRow:
    if isinstance(row, Problem):
        return CardRow(row.line, problem=row)
    cells = {name: row.cells[at].strip() if at < len(row.cells) else "" for name, at in places.items()}
    column = ["urn"]
    try:
        return CardRow(row.line, card=_card(cells, column, today))
    except ValueError as error:
        return CardRow(row.line, problem=Problem(row.line, column[0], str(error)))


def _card(cells: dict[str, str], column: list[str], today: dt.date) -> ReportCard:
    """`column` is kept at the column being read, so that the caller can name it when a value is wrong."""
    urn = layout.read_urn(cells["urn"])
    column[0] = "inspection date"
    inspected = values.date(cells["inspection date"])
    if inspected is None or inspected > today:
        raise ValueError("It is blank." if inspected is None else "The date lies in the future.")
    grades: dict[Area, AreaGrade] = {}
    for area in AREAS:
        column[0] = area.value
        grade = _grade(cells.get(area.value, ""))
        if grade is not None:
            grades[area] = grade
    column[0] = "safeguarding"
    met = _SAFEGUARDING.get(" ".join(cells["safeguarding"].lower().split()))
    if met is None:
        raise ValueError("It says neither 'met' nor 'not met'.")
    column[0] = "published"
    published = values.date(cells.get("published", ""))
    column[0] = "web link"
    web_link = values.website(cells.get("web link", "")) or ""
    column[0] = "whole row"
    return ReportCard(urn, inspected, grades, met, published, web_link)


def _grade(text: str) -> AreaGrade | None:
    word = " ".join(text.lower().split())
    if not word or word == "not applicable":
        return None
    try:
        return AreaGrade(word)
    except ValueError as error:
        raise ValueError(f"'{text[:40]}' is not a report card's grade ({', '.join(AreaGrade)}).") from error
