"""Dates from files that people have: term dates as JSON, ICS or a table, exam windows and bank holidays as JSON.

An ICS is read by the whole words of its titles (`titles`): an event for each school day, each term or each holiday.
From one that lists holidays only, the remaining weekdays of its span are school days. Where it has terms and holidays,
holidays within a term are no school days.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.scheduling.domain.calendars.ics import calendar_entries, calendar_text
from services.scheduling.domain.calendars.json_layouts import bank_holidays_from_json, exam_windows_from_json, from_json
from services.scheduling.domain.calendars.records import ExamWindow
from services.scheduling.domain.calendars.term_file import (
    Title,
    ends_included,
    lengthened,
    school_days_of,
    titles_of,
)
from services.scheduling.domain.calendars.term_table import term_table
from services.scheduling.domain.calendars.titles import Entry, Kind
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
    if (calendar := calendar_text(content)) is not None:
        entries, notes = calendar_entries(calendar, LONGEST)
        if ends_included(entries):
            entries, notes = lengthened(entries), (*notes, _ENDS)
        return _read(entries, notes, "this calendar file")
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
