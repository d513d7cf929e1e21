"""A table of term dates as CSV: a row for each term, half-term, holiday or day, its last day included.

Columns are found by their headings within the first ten rows: what it is, its first day and, where a row spans more
than one, its last. Days come before months.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence

from services.scheduling.domain.calendars.titles import Entry

__all__ = ["ENDS_INCLUDED", "entries_of"]

ENDS_INCLUDED = "The last days of its rows are counted in."
_HEADINGS = {
    "title": ("term", "name", "title", "event", "description", "what", "holiday"),
    "first": ("first day", "first", "start", "start date", "starts", "begins", "from", "opens", "date"),
    "last": ("last day", "last", "end", "end date", "ends", "finishes", "to", "until", "closes"),
}
_LOOKED_AT = 10
_OF_ITS_KIND = re.compile(r"\b(term|half|holidays?|break|inset|days?|closed|closure|vacation)\b", re.IGNORECASE)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)(?:day)?,?\s+)?"
_NUMBERS = re.compile(_WEEKDAY + r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.IGNORECASE)
_WORDS = re.compile(_WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\s+(\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def entries_of(content: bytes, longest: int) -> list[Entry]:
    """The rows as entries of at most `longest` days. Raises ValueError with everything that is wrong with the table."""
    rows = [(number, [cell.strip() for cell in row]) for number, row in _rows(content) if any(map(str.strip, row))]
    at, places = _headings(rows)
    heading = rows[at][1][places["title"]].casefold()
    found, wrong = list[Entry](), list[str]()
    for line, cells in rows[at + 1 :]:
        try:
            found.append(_entry(cells, places, heading, longest))
        except ValueError as error:
            wrong.append(f"line {line}: {error}")
    if wrong:
        more = f"; and {len(wrong) - _LOOKED_AT} more lines" if len(wrong) > _LOOKED_AT else ""
        raise ValueError("; ".join(wrong[:_LOOKED_AT]) + more)
    if not found:
        raise ValueError("it has headings but no row")
    return found


def _rows(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    mark = max(",;\t|", key=text[:2000].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num} cannot be cut into cells ({error})") from error


def _headings(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, dict[str, int]]:
    """On which row the headings stand, and the columns by what they hold; `last` may be missing."""
    for at, (_, cells) in enumerate(rows[:_LOOKED_AT]):
        words = [" ".join(cell.casefold().split()) for cell in cells]
        places = {
            what: place
            for what, names in _HEADINGS.items()
            if (place := next((words.index(name) for name in names if name in words), None)) is not None
        }
        if {"title", "first"} <= places.keys():
            return at, places
    raise ValueError("it has no line with the headings 'Term', 'First day' and 'Last day'")


def _entry(cells: Sequence[str], places: dict[str, int], heading: str, longest: int) -> Entry:
    title, first, last = (_cell(cells, places.get(what)) for what in ("title", "first", "last"))
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


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""


def _day(written: str) -> dt.date:
    try:
        if found := _NUMBERS.fullmatch(written):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        if (found := _WORDS.fullmatch(written)) and found[2][:3].lower() in _MONTHS:
            return dt.date(int(found[3]), _MONTHS.index(found[2][:3].lower()) + 1, int(found[1]))
        return dt.date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"'{written[:40]}' is no date such as 03/09/2026, the day before the month") from None
