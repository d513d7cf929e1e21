"""Dates from files people have.

Term dates come as JSON as authorities publish it, or as ICS with an event a school day or a holiday; examination
windows and bank holidays as JSON.

An ICS of holidays ("Christmas holiday", "Bank holiday") is turned round: school days are the weekdays of its span
that it leaves free. Where it holds terms and holidays, holidays within a term are no school days.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from icalendar import Calendar, Component

from services.scheduling.domain.calendars.json_layouts import bank_holidays_from_json, exam_windows_from_json, from_json
from services.scheduling.domain.calendars.reading import whole
from services.scheduling.domain.calendars.records import ExamWindow
from services.scheduling.domain.local_time import LONDON, local_date
from services.scheduling.planner.model import Dates
from shared.errors import Rejected

__all__ = ["LARGEST", "bank_holidays_in", "days_in", "exam_windows_in"]

LARGEST = 5_000_000
SATURDAY = 5
LONGEST = 366
"""Days that an event may last."""
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
        raise Rejected("calendar-file", f"This calendar file cannot be read: {_unreadable(content, error)}.") from error
    if not events:
        raise Rejected("calendar-file", "This calendar file holds no event.")
    wrong = [problem for problem in map(_wrong, events, _named(events, content)) if problem]
    if wrong:
        raise Rejected("calendar-file", f"Nothing was taken in: {whole('this calendar file', wrong)}.")
    school, holidays = set[dt.date](), set[dt.date]()
    for one in events:
        summary = str(one.get("SUMMARY", "")).casefold()
        (holidays if any(word in summary for word in HOLIDAY_WORDS) else school).update(_span(one))
    found = [day for day in sorted(school - holidays) if day.weekday() < SATURDAY] if school else _around(holidays)
    if not found:
        sentence = "no weekday is left as a school day. Name each school day, each term, or all holidays of the year"
        raise Rejected("calendar-file", f"Nothing was taken in from this calendar file: {sentence}.")
    return tuple(found)


def _unreadable(content: bytes, error: Exception) -> str:
    """Why a file that begins as a calendar is none."""
    begun, ended = (content.upper().count(word + b":VCALENDAR") for word in (b"BEGIN", b"END"))
    if begun > ended:
        return "it breaks off before END:VCALENDAR; save or download it again"
    return "it holds several calendars; import one file with all events" if begun > 1 else str(error)


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
    broken = [f"{field}: {reason}" for field, reason in event.errors if field in {"DTSTART", "DTEND", "DURATION"}]
    if broken:
        return f"{name}: {', '.join(broken)}"
    if "DTSTART" not in event:
        return f"{name}: DTSTART is missing"
    first, last = (getattr(event.get(field, event["DTSTART"]), "dt", None) for field in ("DTSTART", "DTEND"))
    if not isinstance(first, dt.date) or not isinstance(last, dt.date):
        return f"{name}: DTSTART and DTEND must be one date each"
    if _date(last) < _date(first):
        return f"{name}: it ends before it begins"
    if "RRULE" in event or "RDATE" in event:
        return f"{name}: it repeats; name every one of its days, or a span of days, by an event of its own"
    return f"{name}: it lasts over {LONGEST} days" if len(_span(event)) > LONGEST else ""


def _span(event: Component) -> list[dt.date]:
    """The days of an event; it ends before DTEND, so a day counts that an hour of it belongs to."""
    first = event.decoded("DTSTART")
    last = event.decoded("DTEND") if "DTEND" in event else first + _duration(event)
    if isinstance(last, dt.datetime):
        last += dt.timedelta(days=1, microseconds=-1)
    days = (_date(last) - _date(first)).days
    return [_date(first) + dt.timedelta(days=n) for n in range(min(max(1, days), LONGEST + 1))]


def _duration(event: Component) -> dt.timedelta:
    found = event.decoded("DURATION") if "DURATION" in event else None
    return found if isinstance(found, dt.timedelta) else dt.timedelta()


def _date(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return local_date(value, LONDON) if value.tzinfo else value.date()
    return value


def _around(holidays: set[dt.date]) -> tuple[dt.date, ...]:
    """The weekdays between the first and the last holiday that are none."""
    first, last = min(holidays), max(holidays)
    every = (first + dt.timedelta(days=n) for n in range((last - first).days))
    return tuple(day for day in every if day.weekday() < SATURDAY and day not in holidays)
