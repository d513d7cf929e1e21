"""Term dates from a file people have: JSON as authorities publish it, or ICS with an event a school day or a holiday.

An ICS of holidays ("Christmas holiday", "Bank holiday") is turned round: school days are the weekdays of its span
that it leaves free.
"""

import datetime as dt
import json

from icalendar import Calendar, Component

from services.scheduling.domain.calendars import from_json
from shared.errors import Rejected

__all__ = ["LARGEST", "days_in"]

LARGEST = 5_000_000
HOLIDAY_WORDS = ("holiday", "half-term", "half term", "closed", "break", "inset")


def days_in(content: bytes, filename: str) -> tuple[dt.date, ...]:
    """The school days of a file. Raises Rejected with what is wrong with it."""
    if len(content) > LARGEST:
        raise Rejected("calendar-file", "This file is too large for a list of term dates.")
    if not content.strip():
        raise Rejected("calendar-file", "This file is empty.")
    if b"BEGIN:VCALENDAR" in content[:2000]:
        return _from_ics(content)
    try:
        return tuple(sorted(from_json(json.loads(content.decode("utf-8-sig"))).days))
    except (ValueError, RecursionError) as error:
        raise Rejected(
            "calendar-file", f"'{filename[:60]}' holds no term dates: JSON with academic_years, or ICS, is expected."
        ) from error


def _from_ics(content: bytes) -> tuple[dt.date, ...]:
    try:
        events = [(str(one.get("SUMMARY", "")), _span(one)) for one in Calendar.from_ical(content).walk("VEVENT")]
    except (ValueError, KeyError, AttributeError) as error:
        raise Rejected("calendar-file", "This calendar file cannot be read.") from error
    named = [(summary.casefold(), days) for summary, days in events if days]
    if not named:
        raise Rejected("calendar-file", "This calendar file holds no event.")
    school = {day for summary, days in named if not any(word in summary for word in HOLIDAY_WORDS) for day in days}
    if school:
        return tuple(sorted(day for day in school if day.weekday() < 5))
    return _around({day for _, days in named for day in days})


def _span(event: Component) -> list[dt.date]:
    first = _date(event.decoded("DTSTART"))
    last = _date(event.decoded("DTEND")) if "DTEND" in event else first + dt.timedelta(days=1)
    return [first + dt.timedelta(days=n) for n in range(min(366, max(1, (last - first).days)))]


def _date(value: dt.date | dt.datetime) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _around(holidays: set[dt.date]) -> tuple[dt.date, ...]:
    """The weekdays between the first and the last holiday that are none."""
    first, last = min(holidays), max(holidays)
    every = (first + dt.timedelta(days=n) for n in range((last - first).days))
    return tuple(day for day in every if day.weekday() < 5 and day not in holidays)
