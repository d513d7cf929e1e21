"""A table of term dates (CSV, Excel, OpenDocument): a row for each term, half-term, holiday or day, last day included.

Columns are found by their headings within the first ten rows (`term_columns`). Of a workbook the first visible sheet
with the headings is read. What a row says is read by `term_rows`. Rows without a day, and columns with days that are
not read, wait for a yes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.scheduling.domain.calendars.term_columns import places_in, words_of
from services.scheduling.domain.calendars.term_rows import cell_of, entries_of, is_cancelled
from services.scheduling.domain.calendars.titles import Entry
from shared.tables.passed import Passed, counted, lines_named
from shared.tables.problems import Problem
from shared.tables.records import Record
from shared.tables.sheets import Sheet, column_letters

__all__ = ["ENDS_INCLUDED", "TermTable", "term_table"]

ENDS_INCLUDED = "The last days of its rows are counted in."
_LOOKED_AT = 10
_HOLDS_DAYS = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\b|\d{1,2}(st|nd|rd|th)?\s+(of\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(school|academic)? ?(year )?\d{4}( \d{2,4})?")


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
    entries, notes, silent = _entries(chosen, longest)
    unread, doubtful = _unread(chosen)
    notes = (*_named(chosen, sheets), *_passed(chosen), *notes, *unread, ENDS_INCLUDED)
    return TermTable(entries, notes, (*_others(chosen, visible), *silent, *doubtful))


def _entries(chosen: _Headed, longest: int) -> tuple[tuple[Entry, ...], tuple[str, ...], tuple[str, ...]]:
    """The entries of all rows, what was passed over of them, and what is doubtful."""
    top = chosen.sheet.rows[chosen.at]
    heading = words_of(cell_of(top, chosen.places["title"]))
    found, wrong = list[Entry](), list[str]()
    silent, cancelled = list[tuple[int, str]](), list[int]()
    for row in chosen.below:
        try:
            read = entries_of(row, chosen.places, heading, longest)
        except ValueError as error:
            wrong.append(f"line {row.line}: {error}")
            continue
        if is_cancelled(row, chosen.places):
            cancelled.append(row.line)
        elif read:
            found += read
        else:
            silent.append((row.line, cell_of(row, chosen.places["title"])))
    if wrong:
        more = f"; and {len(wrong) - _LOOKED_AT} more lines" if len(wrong) > _LOOKED_AT else ""
        raise ValueError("; ".join(wrong[:_LOOKED_AT]) + more)
    if not found:
        raise ValueError("it has headings but no row with a day")
    notes = (f"Cancelled, and passed over: {lines_named(cancelled)}.",) if cancelled else ()
    return tuple(found), notes, tuple(_silent(silent))


def _silent(rows: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Rows without a day; the name of a year that stands above its terms is nobody's loss."""
    told = [(line, title) for line, title in rows if not _YEAR.fullmatch(words_of(title))]
    for line, title in told[:_LOOKED_AT]:
        yield f"Line {line} names no day, so it says nothing: '{title[:60]}'."
    if len(told) > _LOOKED_AT:
        yield f"{len(told) - _LOOKED_AT} more lines name no day."


def _headed(sheet: Sheet) -> _Headed | None:
    """The sheet with its headings, which stand within its first ten rows; None where it has none."""
    for at, row in enumerate(sheet.rows[:_LOOKED_AT]):
        places = places_in(row.cells) if isinstance(row, Record) else {}
        if places:
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
    said = Passed(above=[(row.line, " ".join(filter(None, map(str.strip, row.cells)))[:60]) for row in above])
    said.hidden = sorted(chosen.sheet.hidden_rows & {row.line for row in chosen.below})
    said.hidden_columns = [
        f"'{name}'" if (name := cell_of(chosen.sheet.rows[chosen.at], at)) else column_letters(at)
        for at in sorted(chosen.sheet.hidden_columns)
        if any(cell_of(row, at) for row in chosen.below)
    ]
    return said.sentences()


def _unread(chosen: _Headed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns that are not read: those without a day in them, to be told, and those with days, which are doubtful."""
    top = chosen.sheet.rows[chosen.at]
    width = max(len(row.cells) for row in [top, *chosen.below] if isinstance(row, Record))
    told, doubtful = list[str](), list[str]()
    for at in sorted(set(range(width)) - set(chosen.places.values())):
        filled = [(row.line, said) for row in chosen.below if (said := cell_of(row, at))]
        heading = cell_of(top, at)
        name = f"'{heading[:40]}'" if heading else f"column {column_letters(at)}, which has no heading,"
        holding = [(line, said) for line, said in filled if _HOLDS_DAYS.search(said)]
        if holding:
            line, said = holding[0]
            doubtful.append(f"{name} holds days and would not be read (line {line}: '{said[:40]}').")
        elif filled:
            told.append(name)
    return ((f"Not read, as it holds no days: {', '.join(told)}.",) if told else ()), tuple(doubtful)
