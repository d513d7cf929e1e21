"""One day as people and their programs write it: 17/05/2027, 17-May-27, Monday 17th May 2027, 2027-05-17.

Days come before months. A weekday beside a date must be that of the date: one of the two is a slip of the pen.
"""

import datetime as dt
import re

from shared.tables.cells import shown

__all__ = ["NUMBERS", "WEEKDAY", "written_day"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_NTH = r"(?:st|nd|rd|th)?"
NUMBERS = re.compile(WEEKDAY + r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})", re.IGNORECASE)
_WORDS = re.compile(
    WEEKDAY + rf"(?:the\s+)?(\d{{1,2}}){_NTH}(?:\s+of\s+|\s+|-)([a-z]{{3,9}})\.?(?:,?\s+|-)['\u2019]?(\d{{4}}|\d{{2}})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(WEEKDAY + rf"([a-z]{{3,9}})\.?\s+(\d{{1,2}}){_NTH},?\s+(\d{{4}})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})")
_MIDNIGHT = re.compile(
    r"(?<=\d)[ T](?:0{1,2}:00|12:00(?=(?::00)? ?AM))(?::00(?:\.0+)?)?(?: ?AM)?(?:Z|[+-]00:?00)?$", re.IGNORECASE
)
_SERIAL = re.compile(r"4[5-9]\d{3}|5\d{4}")
_SERIAL_ZERO = dt.date(1899, 12, 30)
"""Day 0 of spreadsheets that count from 1900, their invented 29 February 1900 taken into account."""


def written_day(text: str, *, month_first: bool = False) -> dt.date:
    """The day; of 05/06/2027 the month comes first if `month_first`. Raises ValueError with a sentence."""
    bare = _MIDNIGHT.sub("", text.strip())
    year, month, day = _parts(bare, month_first)
    try:
        found = dt.date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{shown(bare)} is no day of the calendar.") from error
    weekday = bare[:3].lower()
    if weekday in _DAYS and _DAYS.index(weekday) != found.weekday():
        raise ValueError(f"{shown(bare)} names another weekday: {found:%d/%m/%Y} is a {_NAMES[found.weekday()]}.")
    return found


def _parts(text: str, month_first: bool) -> tuple[int, int, int]:
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        day, month = (second, first) if month_first else (first, second)
        return _year(found[3]), month, day
    if (found := _WORDS.fullmatch(text)) and found[2][:3].lower() in _MONTHS:
        return _year(found[3]), _month(found[2]), int(found[1])
    if (found := _MONTH_FIRST.fullmatch(text)) and found[1][:3].lower() in _MONTHS:
        return int(found[3]), _month(found[1]), int(found[2])
    if _SERIAL.fullmatch(text):
        meant = _SERIAL_ZERO + dt.timedelta(days=int(text))
        raise ValueError(f"{shown(text)} is a spreadsheet's number for {meant:%d/%m/%Y}; format the cell as a date.")
    raise ValueError(f"{shown(text)} is not a date like 17/05/2027.")


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1
