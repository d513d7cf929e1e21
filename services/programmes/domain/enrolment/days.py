"""Dates as coordinators write them, and what a set of impossible dates leaves over."""

import datetime as dt
import re
from collections.abc import Iterable

from shared.events.base import DateSpan
from shared.events.template import Window
from shared.tables.cells import shown
from shared.tables.days import NUMBERS, written_day
from shared.tables.spans import RANGE, ends_of

__all__ = [
    "NOTHING",
    "academic_year",
    "can_be_month_first",
    "days_left_for_visits",
    "must_be_month_first",
    "read_spans",
    "written_spans",
]

_YEAR_APART = re.compile(r"\b([a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?),\s*(\d{4})\b", re.IGNORECASE)
_SEPARATORS = re.compile(r"[;,\n]+|\s+and\s+|\s*&\s*", re.IGNORECASE)
_COMMA = re.compile(r"\b((?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?),", re.IGNORECASE)
NOTHING = frozenset({"-", "none", "n/a", "na", "nil", "no"})
"""What people write into a cell that they leave blank."""


def read_spans(text: str, *, month_first: bool = False) -> tuple[DateSpan, ...]:
    """'12/05/2027; 17 May 2027 to 21 May 2027' as spans. Raises ValueError with a sentence.

    Days come before months, unless the column's heading says that months come first.
    """
    spans = []
    if text.strip().casefold() in NOTHING:
        return ()
    for part in _parted(text):
        if not part.strip():
            continue
        ends = ends_of(part.strip())
        if len(ends) > 2:
            raise ValueError(f"{shown(part.strip(), 60)} is not one date or one range of dates.")
        first, last = (written_day(end, month_first=month_first) for end in (ends[0], ends[-1]))
        if last < first:
            raise ValueError(f"{shown(part.strip(), 60)} ends before it begins.")
        spans.append(DateSpan(first=first, last=last))
    return tuple(spans)


def must_be_month_first(text: str) -> bool:
    """Whether one of these dates is a day only if its month comes first: 05/24/2027."""
    return any(first <= 12 < second <= 31 for first, second in _numbered(text))


def can_be_month_first(text: str) -> bool:
    """Whether one of these dates is another day if its month comes first: 03/05/2027."""
    return any(first <= 12 and second <= 12 and first != second for first, second in _numbered(text))


def _numbered(text: str) -> list[tuple[int, int]]:
    """The first two numbers of every date that is written in numbers, year last."""
    parts = [end.strip() for part in _parted(text) for end in RANGE.split(part.strip())]
    return [(int(found[1]), int(found[2])) for part in parts if (found := NUMBERS.fullmatch(part))]


def _parted(text: str) -> list[str]:
    """The text at its separators; the comma behind a weekday, or before a year, is none.

    Runs of blanks are one first: over thousands of them the expressions would take minutes.
    """
    text = "\n".join(" ".join(line.split()) for line in text.splitlines())
    return _SEPARATORS.split(_YEAR_APART.sub(r"\1 \2", _COMMA.sub(r"\1", text)))


def written_spans(spans: Iterable[DateSpan]) -> str:
    """The inverse of `read_spans`."""
    return "; ".join(
        f"{s.first:%d/%m/%Y}" if s.first == s.last else f"{s.first:%d/%m/%Y} to {s.last:%d/%m/%Y}" for s in spans
    )


def academic_year(year: int) -> DateSpan:
    """1 September of `year` to 31 August of the next."""
    return DateSpan(first=dt.date(year, 9, 1), last=dt.date(year + 1, 8, 31))


def days_left_for_visits(windows: Iterable[Window], year: int, blocked: Iterable[DateSpan]) -> int:
    """How many weekdays of the visit windows lie outside the blocked spans."""
    days = {day for window in windows for day in _span(window, year).days() if day.weekday() < 5}
    for span in blocked:
        days = {day for day in days if not span.first <= day <= span.last}
    return len(days)


def _span(window: Window, year: int) -> DateSpan:
    return DateSpan(first=window.first.within(year), last=window.last.within(year))
