"""Dates from files that people have: term dates as JSON, ICS or a table, exam windows and bank holidays as JSON.

An ICS is read by the whole words of its titles (`titles`): an event for each school day, each term or each holiday.
From one that lists holidays only, the remaining weekdays of its span are school days. Where it has terms and holidays,
holidays within a term are no school days.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from icalendar import Calendar, Component

from services.scheduling.domain.calendars.json_layouts import bank_holidays_from_json, exam_windows_from_json, from_json
from services.scheduling.domain.calendars.reading import whole
from services.scheduling.domain.calendars.records import ExamWindow
from services.scheduling.domain.calendars.term_file import (
    Title,
    ends_included,
    lengthened,
    school_days_of,
    titles_of,
)
from services.scheduling.domain.calendars.term_table import term_table
from services.scheduling.domain.calendars.titles import Entry, Kind, kind_of
from services.scheduling.domain.local_time import LONDON, local_date
from services.scheduling.planner.model import Dates
from shared.errors import Rejected
from shared.tables.delimited import csv_sheet
from shared.tables.problems import NotThisFile
from shared.tables.sheets import Sheet

__all__ = [
    "LARGEST",
    "TermFile",
    "bank_holidays_in",
    "days_in",
    "exam_windows_in",
    "is_workbook",
    "read_terms",
    "terms_in_sheets",
]

LARGEST = 5_000_000
SATURDAY = 5
SHOWN_TITLES = 5
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x09\x08", b"<", b"{\\rtf")
"""How workbooks begin, archives, and what is called one: their reader says what it is."""
_FIRST_LINES = 10
LONGEST = 366
"""Days that an event may last."""
_ENDS = (
    "The ends of its spans are read as their last days, for they fall on Fridays and Sundays; in a calendar file a "
    "span ends before its end, so see whether the days are right."
)


@dataclass(frozen=True, slots=True)
class TermFile:
    """What a file of term dates says: school days, every title with what it is read as, what was passed over and why.

    `doubts`: what does not fit together in it.
    """

    days: tuple[dt.date, ...]
    titles: tuple[Title, ...]
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def days_in(content: bytes, filename: str) -> tuple[dt.date, ...]:
    """The school days of a file. Raises Rejected with everything that is wrong with it."""
    return read_terms(content, filename).days


def is_workbook(content: bytes) -> bool:
    """Whether the file has to be opened as a workbook; `terms_in_sheets` then reads its sheets."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].startswith(_WORKBOOK)


def read_terms(content: bytes, filename: str) -> TermFile:
    """A file of term dates that is text, whole. Raises Rejected with everything that is wrong with it."""
    _must_be_readable(content, "list of term dates")
    if b"BEGIN:VCALENDAR" in content[:2000]:
        return _from_ics(content)
    if _is_table(content):
        try:
            return terms_in_sheets([csv_sheet(content, LARGEST)], filename)
        except NotThisFile as error:
            raise Rejected("calendar-file", str(error)) from error
    data = _json(content, filename, "no term dates: JSON with academic_years, ICS, or a table (CSV),")
    try:
        days = tuple(sorted(from_json(data).days))
    except ValueError as error:
        raise _refused(filename, error) from error
    return TermFile(days, (Title("school days, each named", "school", len(days), days[0], days[-1]),))


def _is_table(content: bytes) -> bool:
    """Whether the file is text whose first lines are cut into cells, or that begins as UTF-16."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    first = start.splitlines()[:_FIRST_LINES]
    return start[:1] not in {b"{", b"["} and any(mark in line for line in first for mark in (b",", b";", b"\t", b"|"))


def terms_in_sheets(sheets: Sequence[Sheet], filename: str) -> TermFile:
    """The term dates of a table. Raises Rejected with everything that is wrong with it."""
    try:
        table = term_table(sheets, LONGEST)
    except ValueError as error:
        raise _refused(filename, error) from error
    return _read(table.entries, table.notes, "this table", table.doubts)


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
    """The refusal of a file that could be read; nothing of it is imported."""
    return Rejected("calendar-file", f"Nothing was taken in from '{filename[:60]}': {error}.")


def _from_ics(content: bytes) -> TermFile:
    try:
        events = Calendar.from_ical(content).walk("VEVENT")
    except (ValueError, KeyError, AttributeError) as error:
        raise Rejected("calendar-file", f"This calendar file cannot be read: {_unreadable(content, error)}.") from error
    if not events:
        raise Rejected("calendar-file", "This calendar file holds no event.")
    wrong = [problem for problem in map(_wrong, events, _named(events, content)) if problem]
    if wrong:
        raise Rejected("calendar-file", f"Nothing was taken in: {whole('this calendar file', wrong)}.")
    entries = [_entry(one) for one in events if not _cancelled(one)]
    notes = _counted(len(events) - len(entries))
    if ends_included(entries):
        entries = lengthened(entries)
        notes = (*notes, _ENDS)
    return _read(entries, notes, "this calendar file")


def _read(entries: Sequence[Entry], notes: tuple[str, ...], what: str, doubts: tuple[str, ...] = ()) -> TermFile:
    """The school days that entries name. Raises Rejected where none is left."""
    found = school_days_of(entries)
    if not found.days:
        sentence = "no weekday is left as a school day. Name each school day, each term, or all holidays of the year"
        ignored = [one.title for one in titles_of(entries) if one.kind == Kind.IGNORED.value]
        said = f". Neither school nor holiday is said by {_quoted(ignored)}" if ignored else ""
        raise Rejected("calendar-file", f"Nothing was taken in from {what}: {sentence}{said}.")
    return TermFile(found.days, titles_of(entries), notes, (*doubts, *found.doubts))


def _quoted(titles: Sequence[str]) -> str:
    more = f" and {len(titles) - SHOWN_TITLES} more titles" if len(titles) > SHOWN_TITLES else ""
    return ", ".join(f"'{title[:40]}'" for title in titles[:SHOWN_TITLES]) + more


def _cancelled(event: Component) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _counted(cancelled: int) -> tuple[str, ...]:
    if not cancelled:
        return ()
    return (f"{'1 entry that is' if cancelled == 1 else f'{cancelled} entries that are'} cancelled was passed over.",)


def _entry(event: Component) -> Entry:
    days = _span(event)
    first = event.decoded("DTSTART")
    hours = None
    if isinstance(first, dt.datetime):
        end = event.decoded("DTEND") if "DTEND" in event else first + _duration(event)
        hours = (end - first).total_seconds() / 3600 if isinstance(end, dt.datetime) else None
    return Entry(str(event.get("SUMMARY", "")).strip(), days[0], days[-1], hours)


def _unreadable(content: bytes, error: Exception) -> str:
    """Why a file that begins like a calendar cannot be read."""
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
    if ("RRULE" in event or "RDATE" in event) and kind_of(_entry(event)) is not Kind.IGNORED:
        return f"{name}: it repeats; name every one of its days, or a span of days, by an event of its own"
    return f"{name}: it lasts over {LONGEST} days" if len(_span(event)) > LONGEST else ""


def _span(event: Component) -> list[dt.date]:
    """The days of an event. DTEND is exclusive; a day counts if any part of it belongs to the event."""
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
