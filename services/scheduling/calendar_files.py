"""Dates from files people have.

Term dates come as JSON as authorities publish it, or as ICS with an event a school day or a holiday; examination
windows and bank holidays as JSON.

An ICS of holidays ("Christmas holiday", "Bank holiday") is turned round: school days are the weekdays of its span
that it leaves free.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from icalendar import Calendar, Component

from services.scheduling.domain.calendars import bank_holidays_from_json, exam_windows_from_json, from_json
from services.scheduling.domain.model import Dates
from services.scheduling.domain.reading import whole
from services.scheduling.domain.records import ExamWindow
from shared.errors import Rejected

__all__ = ["LARGEST", "bank_holidays_in", "days_in", "exam_windows_in"]

LARGEST = 5_000_000
SATURDAY = 5
HOLIDAY_WORDS = ("holiday", "half-term", "half term", "closed", "break", "inset")


def days_in(content: bytes, filename: str) -> tuple[dt.date, ...]:
    """The school days of a file. Raises Rejected with everything that is wrong with it."""
    _must_be_readable(content, "list of term dates")
    if b"BEGIN:VCALENDAR" in content[:2000]:
        return _from_ics(content)
    data = _json(content, filename, "no term dates: JSON with academic_years, or ICS,")
    try:
        return tuple(sorted(from_json(data).days))
    except ValueError as error:
        raise _refused(filename, error) from error


def exam_windows_in(content: bytes, filename: str) -> tuple[ExamWindow, ...]:
    """The exam windows of a file. Raises Rejected with everything that is wrong with it."""
    _must_be_readable(content, "list of exam windows")
    data = _json(content, filename, "no exam windows: JSON with windows")
    try:
        return exam_windows_from_json(data)
    except ValueError as error:
        raise _refused(filename, error) from error


def bank_holidays_in(content: bytes, filename: str, division: str) -> Dates:
    """The bank holidays of a division in GOV.UK's file. Raises Rejected with everything that is wrong with it."""
    _must_be_readable(content, "list of bank holidays")
    data = _json(content, filename, "no bank holidays: JSON as GOV.UK publishes it")
    try:
        return bank_holidays_from_json(data, division)
    except ValueError as error:
        raise _refused(filename, error) from error


def _must_be_readable(content: bytes, what: str) -> None:
    if len(content) > LARGEST:
        raise Rejected("calendar-file", f"This file is too large for a {what}.")
    if not content.strip():
        raise Rejected("calendar-file", "This file is empty.")


def _json(content: bytes, filename: str, expected: str) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        sentence = f"'{filename[:60]}' holds {expected} is expected. As JSON it breaks off at line {error.lineno}"
        raise Rejected("calendar-file", f"{sentence}: {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise Rejected("calendar-file", f"'{filename[:60]}' holds {expected} is expected.") from error


def _refused(filename: str, error: ValueError) -> Rejected:
    """What is wrong with a file that was read; nothing of it is taken in."""
    return Rejected("calendar-file", f"Nothing was taken in from '{filename[:60]}': {error}.")


def _from_ics(content: bytes) -> tuple[dt.date, ...]:
    try:
        events = Calendar.from_ical(content).walk("VEVENT")
    except (ValueError, KeyError, AttributeError) as error:
        raise Rejected("calendar-file", f"This calendar file cannot be read: {error}.") from error
    if not events:
        raise Rejected("calendar-file", "This calendar file holds no event.")
    wrong = [problem for problem in map(_wrong, events, _named(events, content)) if problem]
    if wrong:
        raise Rejected("calendar-file", f"Nothing was taken in: {whole('this calendar file', wrong)}.")
    spans = [(str(one.get("SUMMARY", "")).casefold(), _span(one)) for one in events]
    school = {day for summary, days in spans if not any(word in summary for word in HOLIDAY_WORDS) for day in days}
    if school:
        return tuple(sorted(day for day in school if day.weekday() < SATURDAY))
    return _around({day for _, days in spans for day in days})


def _named(events: Sequence[Component], content: bytes) -> Iterator[str]:
    """What to call each event: its number, line and title."""
    lines = content.upper().splitlines()
    begins = [f" (line {number})" for number, line in enumerate(lines, start=1) if line.rstrip() == b"BEGIN:VEVENT"]
    unknown = [""] * len(events)
    for number, (event, line) in enumerate(zip(events, chain(begins, unknown), strict=False), start=1):
        title = f" '{str(event['SUMMARY'])[:40]}'" if "SUMMARY" in event else ""
        yield f"event {number}{title}{line}"


def _wrong(event: Component, name: str) -> str:
    """What keeps an event from being read, as a clause; empty where nothing does."""
    broken = [f"{field}: {reason}" for field, reason in event.errors if field in {"DTSTART", "DTEND"}]
    if broken:
        return f"{name}: {', '.join(broken)}"
    if "DTSTART" not in event:
        return f"{name}: DTSTART is missing"
    first, last = (getattr(event.get(field, event["DTSTART"]), "dt", None) for field in ("DTSTART", "DTEND"))
    if not isinstance(first, dt.date) or not isinstance(last, dt.date):
        return f"{name}: DTSTART and DTEND must be one date each"
    if _date(last) < _date(first):
        return f"{name}: it ends before it begins"
    return ""


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
    return tuple(day for day in every if day.weekday() < SATURDAY and day not in holidays)
