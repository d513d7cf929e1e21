"""Reads the outcomes of inspections (`kindred inspections import`): report cards, and overall grades from before.

The layouts stand in docs/data-formats.md. Neither outcome is ever turned into the other.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from services.programmes.domain.register import inspection_columns as columns
from services.programmes.domain.register import layout, values
from services.programmes.domain.register.doubts import either_way, month_first_in
from services.programmes.domain.register.inspection_columns import HEADER, filled_cells, places_of
from services.programmes.domain.register.inspections import (
    AREAS,
    LAST_OVERALL_GRADES,
    Area,
    AreaGrade,
    OverallOutcome,
    ReportCard,
)
from services.programmes.domain.register.words import OverallGrade, grade_of
from services.programmes.domain.tables.headings import FIRST_LINES
from shared.commands.programmes import Change
from shared.tables.cells import shown
from shared.tables.problems import NotThisFile, Problem
from shared.tables.records import Record, separated
from shared.tables.text import lines_of

__all__ = ["HEADER", "LARGEST", "CardRow", "changes_of", "read_inspections", "read_report_cards"]

LARGEST = 50_000_000
T = TypeVar("T")
_SAFEGUARDING = {"met": True, "not met": False}
_SAFEGUARDING |= {f"{before} {said}": met for before in ("standards", "safeguarding", "safeguarding standards")
                  for said, met in (("met", True), ("not met", False))}  # fmt: skip
_NUMBERED = dict(zip("1234", OverallGrade, strict=True))
_GRADE = re.compile(r"(?:grade )?([1-4])(?:\.0)?(?: ?[-:\u2013] ?[a-z ]+)?|(?P<word>[a-z ]+?) ?\([1-4]\)")
_UNJUDGED = frozenset({
    "", "9", "0", "9.0", "0.0", "not judged", "not inspected", "not graded", "not evaluated", "does not apply",
    "insufficient evidence",
})  # fmt: skip
_SHORT = {"expected": "expected standard", "strong": "strong standard"}
_REMAINS = "school remains "
_LINK_TEXT = re.compile(r"[A-Za-z ]{0,60}")
"""What stands for a link in a workbook, such as *Ofsted Webpage*: no address."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """What one line gave: a report card, an overall grade from before, neither or both; or a problem.

    A problem that leaves the rest of the row good stands beside the card. `cells` is the row as it stands.
    """

    line: int
    card: ReportCard | None = None
    problem: Problem | None = None
    urn: int = 0
    overall: OverallOutcome | None = None
    cells: tuple[str, ...] = ()


def read_report_cards(data: bytes, today: dt.date) -> Iterator[CardRow]:
    """Every row of a CSV file. Raises `NotThisFile` if the header lacks a column that report cards need."""
    return read_inspections(separated(lines_of(data, LARGEST)), today)[1]


def read_inspections(rows: Iterable[Record | Problem], today: dt.date) -> tuple[tuple[str, ...], Iterator[CardRow]]:
    """The headings, found within the first rows, and every row below them. Raises `NotThisFile`."""
    every = iter(rows)
    refused: NotThisFile | None = None
    for row, _ in zip(every, range(FIRST_LINES), strict=False):
        if isinstance(row, Record):
            try:
                places = places_of(row.cells)
            except NotThisFile as error:
                refused = error if refused is None or "lacks urn" in str(refused) else refused
            else:
                return tuple(row.cells), _read(list(every), places, today)
    raise refused or NotThisFile("The file holds no report cards: its first line cannot be read.")


def _read(rows: list[Record | Problem], places: Mapping[str, int], today: dt.date) -> Iterator[CardRow]:
    doubt = month_first_in(rows, [places[name] for name in columns.DATES if name in places])
    return (_row(each, places, today, doubt) for each in rows)


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


def _row(row: Record | Problem, places: Mapping[str, int], today: dt.date, doubt: str) -> CardRow:
    if isinstance(row, Problem):
        return CardRow(row.line, problem=row)
    cells = filled_cells(row.cells, places)
    column = ["urn"]
    try:
        urn = layout.read_urn(cells["urn"])
        if doubt:
            _refuse_either_way(cells, column, doubt)
        card, left_out = _card(urn, cells, column, today) if _has_card(cells) else (None, None)
        overall = _overall(cells, column, today)
    except ValueError as error:
        return CardRow(row.line, problem=Problem(row.line, column[0], str(error)), cells=tuple(row.cells))
    problem = replace(left_out, line=row.line) if left_out else None
    return CardRow(row.line, card, problem, urn, overall, tuple(row.cells))


def _refuse_either_way(cells: Mapping[str, str], column: list[str], doubt: str) -> None:
    for column[0] in columns.DATES:
        if either_way(text := cells.get(column[0], "")):
            raise ValueError(f"{shown(text)} may have its month or its day first: {doubt}.")


def _has_card(cells: Mapping[str, str]) -> bool:
    """Whether the row tells of a report card; in a file of report cards only, every row does."""
    only_cards = not any(name in cells for name in columns.OUTCOMES)
    return all(name in cells for name in columns.NEEDED) and (
        only_cards or any(cells[area.value] for area in AREAS[:6])
    )


def _card(urn: int, cells: dict[str, str], column: list[str], today: dt.date) -> tuple[ReportCard, Problem | None]:
    """The card, and what is wrong with a value that it can do without.

    `column` is kept at the column being read, so that the caller can name it when a value is wrong.
    """
    column[0] = "inspection date"
    inspected = values.any_date(cells["inspection date"])
    if inspected is None or inspected > today:
        raise ValueError("It is blank." if inspected is None else "The date lies in the future.")
    grades: dict[Area, AreaGrade] = {}
    for area in AREAS:
        column[0] = area.value
        grade = _grade(cells.get(area.value, ""))
        if grade is not None:
            grades[area] = grade
    column[0] = "safeguarding"
    met = _SAFEGUARDING.get(_word(cells["safeguarding"]))
    if met is None:
        raise ValueError("It says neither 'met' nor 'not met'.")
    published, web_link, problem = _beside(cells, inspected, today)
    column[0] = "whole row"
    return ReportCard(urn, inspected, grades, met, published, web_link), problem


def _beside(cells: Mapping[str, str], inspected: dt.date, today: dt.date) -> tuple[dt.date | None, str, Problem | None]:
    """When the report was published and where it stands; what cannot be right is left out, and the first one told."""
    told: list[Problem] = []
    published = _left_out(told, "published", lambda: _published(cells.get("published", ""), inspected, today))
    web_link = _left_out(told, "web link", lambda: _web_link(cells.get("web link", "")))
    return published, web_link or "", next(iter(told), None)


def _left_out(told: list[Problem], column: str, read: Callable[[], T | None]) -> T | None:
    try:
        return read()
    except ValueError as error:
        told.append(Problem(0, column, str(error), row_kept=True))
        return None


def _published(text: str, inspected: dt.date, today: dt.date) -> dt.date | None:
    found = values.any_date(text)
    if found and not inspected <= found <= today:
        raise ValueError(f"{found:%d/%m/%Y} lies before the inspection or in the future.")
    return found


def _web_link(text: str) -> str | None:
    return None if _LINK_TEXT.fullmatch(text) else values.website(text)


def _grade(text: str) -> AreaGrade | None:
    word = _word(text)
    if word in _UNJUDGED:
        return None
    try:
        return AreaGrade(_SHORT.get(word, word))
    except ValueError as error:
        raise ValueError(f"'{text[:40]}' is not a report card's grade ({', '.join(AreaGrade)}).") from error


def _word(text: str) -> str:
    """A word in small letters, without the mark of a footnote."""
    return " ".join(re.sub(r"\[[^\]]*\]|[*\u2020.]+$", "", text.lower()).split())


def _overall(cells: Mapping[str, str], column: list[str], today: dt.date) -> OverallOutcome | None:
    """The grade that stands from before: of the latest graded inspection, or of a later one that left it as it was."""
    column[0] = columns.OVERALL
    graded = _graded(cells.get(columns.OVERALL, ""))
    remains = _word(cells.get(columns.UNGRADED, ""))
    column[0] = columns.OVERALL_ON
    old_layout = columns.OVERALL_ON not in cells and columns.OVERALL in cells
    on = values.any_date(cells.get("inspection date" if old_layout else columns.OVERALL_ON, ""))
    if graded and on and on > today:
        raise ValueError("The date lies in the future.")
    column[0] = columns.UNGRADED_ON
    later = values.any_date(cells.get(columns.UNGRADED_ON, ""))
    if remains.startswith(_REMAINS) and later is not None and later < LAST_OVERALL_GRADES:
        column[0] = columns.UNGRADED
        kept = _graded(remains.removeprefix(_REMAINS).partition("(")[0].partition("-")[0])
        return OverallOutcome(kept, later) if kept else None
    return OverallOutcome(graded, on) if graded else None


def _graded(text: str) -> OverallGrade | None:
    word = _word(text)
    if word in _UNJUDGED:
        return None
    found = _GRADE.fullmatch(word)
    return grade_of(word) if found is None else grade_of(found["word"]) if found["word"] else _NUMBERED[found[1]]
