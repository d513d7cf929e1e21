"""Dates as coordinators write them, and what a set of impossible dates leaves over."""

import datetime as dt
import re
from collections.abc import Iterable

from shared.events.base import DateSpan
from shared.events.template import ProgrammeTemplate, Window

__all__ = ["academic_year", "days_left_for_visits", "read_spans", "written_spans"]

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\s+)?"
_NUMBERS = re.compile(_WEEKDAY + r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})", re.IGNORECASE)
_WORDS = re.compile(_WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\s+(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_RANGE = re.compile(r"\s+(?:to|until|-)\s+|\s*[\u2013\u2014]\s*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[;,\n]+|\s+and\s+", re.IGNORECASE)


def read_spans(text: str) -> tuple[DateSpan, ...]:
    """'12/05/2027; 17 May 2027 to 21 May 2027' as spans. Days come before months. Raises ValueError with a sentence."""
    spans = []
    for part in _SEPARATORS.split(text):
        if not part.strip():
            continue
        ends = _RANGE.split(part.strip())
        if len(ends) > 2:
            raise ValueError(f"'{part.strip()[:60]}' is not one date or one range of dates.")
        first, last = _day(ends[0]), _day(ends[-1])
        if last < first:
            raise ValueError(f"'{part.strip()[:60]}' ends before it begins.")
        spans.append(DateSpan(first=first, last=last))
    return tuple(spans)


def written_spans(spans: Iterable[DateSpan]) -> str:
    """The inverse of `read_spans`."""
    return "; ".join(
        f"{s.first:%d/%m/%Y}" if s.first == s.last else f"{s.first:%d/%m/%Y} to {s.last:%d/%m/%Y}" for s in spans
    )


def academic_year(year: int) -> DateSpan:
    """1 September of `year` to 31 August of the next."""
    return DateSpan(first=dt.date(year, 9, 1), last=dt.date(year + 1, 8, 31))


def days_left_for_visits(template: ProgrammeTemplate, year: int, blocked: Iterable[DateSpan]) -> int:
    """How many weekdays of the visit windows lie outside the blocked spans."""
    windows = [activity.window for activity in template.activities if activity.kind == "visit"]
    days = {day for window in windows for day in _span(window, year).days() if day.weekday() < 5}
    for span in blocked:
        days = {day for day in days if not span.first <= day <= span.last}
    return len(days)


def _span(window: Window, year: int) -> DateSpan:
    return DateSpan(first=window.first.within(year), last=window.last.within(year))


def _day(text: str) -> dt.date:
    text = text.strip()
    year, month, day = _parts(text)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise ValueError(f"'{text[:40]}' is no day of the calendar.") from error


def _parts(text: str) -> tuple[int, int, int]:
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMBERS.fullmatch(text):
        year = int(found[3])
        return year + 2000 if year < 100 else year, int(found[2]), int(found[1])
    if (found := _WORDS.fullmatch(text)) and found[2][:3].lower() in _MONTHS:
        return int(found[3]), _MONTHS[found[2][:3].lower()], int(found[1])
    raise ValueError(f"'{text[:40]}' is not a date like 17/05/2027.")
