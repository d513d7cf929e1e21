"""A table of term dates (CSV, Excel, OpenDocument): a row for each term, half-term, holiday or day, last day included.

Columns are found by their headings within the first ten rows: what it is, its first day and, where a row spans more
than one, its last. Days come before months. Of a workbook the first visible sheet with the headings is read.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.scheduling.domain.calendars.titles import Entry
from shared.tables.cells import cell_fault, is_blank, tidy
from shared.tables.days import written_day
from shared.tables.passed import Passed, counted
from shared.tables.problems import Problem
from shared.tables.records import Record
from shared.tables.sheets import Sheet, column_letters

__all__ = ["ENDS_INCLUDED", "TermTable", "term_table"]

ENDS_INCLUDED = "The last days of its rows are counted in."
_HEADINGS = {
    "title": ("term", "name", "title", "event", "description", "what", "holiday"),
    "first": ("first day", "first", "start", "start date", "starts", "begins", "from", "opens", "date"),
    "last": ("last day", "last", "end", "end date", "ends", "finishes", "to", "until", "closes"),
}
_LOOKED_AT = 10
_OF_ITS_KIND = re.compile(r"\b(term|half|holidays?|break|inset|days?|closed|closure|vacation)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TermTable:
    """The rows as entries; `notes`: what was read and passed over; `doubts`: what would not be read."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Headed:
    """A sheet, the place of its headings among its rows, and the columns by what they hold; `last` may be missing."""

    sheet: Sheet
    at: int
    places: dict[str, int] = field(default_factory=dict)

    @property
    def below(self) -> list[Record | Problem]:
        return list(self.sheet.rows[self.at + 1 :])


def term_table(sheets: Sequence[Sheet], longest: int) -> TermTable:
    """The rows as entries of at most `longest` days. Raises ValueError with everything that is wrong with the table."""
    headed = [each for each in map(_headed, sheets) if each is not None]
    visible = [each for each in headed if not each.sheet.hidden]
    if not visible:
        raise ValueError(_without_headings(headed))
    chosen = next((each for each in visible if each.below), visible[0])
    entries = _entries(chosen, longest)
    return TermTable(entries, (*_named(chosen, sheets), *_passed(chosen), ENDS_INCLUDED), _others(chosen, visible))


def _entries(chosen: _Headed, longest: int) -> tuple[Entry, ...]:
    top = chosen.sheet.rows[chosen.at]
    heading = top.cells[chosen.places["title"]].strip().casefold() if isinstance(top, Record) else ""
    found, wrong = list[Entry](), list[str]()
    for row in chosen.below:
        try:
            found.append(_entry(row, chosen.places, heading, longest))
        except ValueError as error:
            wrong.append(f"line {row.line}: {error}")
    if wrong:
        more = f"; and {len(wrong) - _LOOKED_AT} more lines" if len(wrong) > _LOOKED_AT else ""
        raise ValueError("; ".join(wrong[:_LOOKED_AT]) + more)
    if not found:
        raise ValueError("it has headings but no row")
    return tuple(found)


def _headed(sheet: Sheet) -> _Headed | None:
    """The sheet with its headings, which stand within its first ten rows; None where it has none."""
    for at, row in enumerate(sheet.rows[:_LOOKED_AT]):
        words = [" ".join(tidy(cell).casefold().split()) for cell in row.cells] if isinstance(row, Record) else []
        places = {
            what: place
            for what, names in _HEADINGS.items()
            if (place := next((words.index(name) for name in names if name in words), None)) is not None
        }
        if {"title", "first"} <= places.keys():
            return _Headed(sheet, at, places)
    return None


def _without_headings(hidden: Sequence[_Headed]) -> str:
    if hidden:
        return f"only its hidden sheet '{hidden[0].sheet.name}' has term dates; unhide it if it is meant"
    return "it has no line with the headings 'Term', 'First day' and 'Last day'"


def _named(chosen: _Headed, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Which sheet of several was read."""
    if len(sheets) == 1:
        return ()
    others = [each for each in sheets if each is not chosen.sheet and each.rows]
    said = ", ".join(f"{'the hidden sheet ' if each.hidden else ''}'{each.name}'" for each in others)
    return (f"Read from the sheet '{chosen.sheet.name}'" + (f"; not read: {said}." if said else "."),)


def _others(chosen: _Headed, visible: Sequence[_Headed]) -> tuple[str, ...]:
    return tuple(
        f"The sheet '{each.sheet.name}' has term dates too; its {counted(len(each.below), 'row')} would not be read."
        for each in visible
        if each is not chosen and each.below
    )


def _passed(chosen: _Headed) -> tuple[str, ...]:
    """What is passed over, and what is read although it is hidden."""
    above = [row for row in chosen.sheet.rows[: chosen.at] if isinstance(row, Record)]
    said = Passed(above=[(row.line, " ".join(filter(None, map(tidy, row.cells)))[:60]) for row in above])
    said.hidden = sorted(chosen.sheet.hidden_rows & {row.line for row in chosen.below})
    said.hidden_columns = [
        f"'{name}'" if (name := _cell(chosen.sheet.rows[chosen.at], at)) else column_letters(at)
        for at in sorted(chosen.sheet.hidden_columns)
        if any(_cell(row, at) for row in chosen.below)
    ]
    return said.sentences()


def _entry(row: Record | Problem, places: dict[str, int], heading: str, longest: int) -> Entry:
    if isinstance(row, Problem):
        raise ValueError(row.reason.rstrip("."))  # noqa: TRY004 - a fault of the file like every other
    for at in places.values():
        if fault := row.faults.get(at) or cell_fault(_cell(row, at)):
            raise ValueError(f"column {column_letters(at)}: {fault.rstrip('.')}")
    title, first, last = (_cell(row, places.get(what)) for what in ("title", "first", "last"))
    if not title:
        raise ValueError("it does not say what it is")
    begins = _day(first)
    ends = _day(last) if last else begins
    if ends < begins:
        raise ValueError(f"'{title[:40]}' ends on {ends:%d/%m/%Y}, before it begins")
    if (ends - begins).days >= longest:
        raise ValueError(f"'{title[:40]}' lasts over {longest} days")
    named = title if heading != "term" or _OF_ITS_KIND.search(title) else f"{title} term"
    return Entry(named, begins, ends)


def _cell(row: Record | Problem, at: int | None) -> str:
    cells = row.cells if isinstance(row, Record) else []
    return "" if at is None or at >= len(cells) or is_blank(cells[at]) else tidy(cells[at])


def _day(written: str) -> dt.date:
    try:
        return written_day(written)
    except ValueError as error:
        said = str(error).rstrip(".")
        raise ValueError(f"{said}; days are written like 03/09/2026, the day before the month") from None
