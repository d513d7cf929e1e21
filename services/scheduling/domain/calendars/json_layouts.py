"""The JSON layouts in which authorities, GOV.UK and Kindred itself give term dates, bank holidays and exam windows."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, get_args

from services.scheduling.domain.calendars.reading import Reading, present
from services.scheduling.domain.calendars.records import ExamWindow
from services.scheduling.domain.calendars.term_dates import calendar
from services.scheduling.domain.calendars.years import exam_days
from services.scheduling.planner.model import Dates, TermCalendar
from shared.events.programmes import Phase

LONGEST_WINDOW = dt.timedelta(days=120)


def from_json(data: Any, authority: str | None = None) -> TermCalendar:
    """Read the JSON layout of authorities' term dates: `academic_years[].dates[].date`.

    Raises ValueError with a sentence when the layout is another one; it names every entry that is no school day.
    """
    years = data.get("academic_years") if isinstance(data, Mapping) else None
    if years is None:
        raise ValueError("this is no list of term dates: academic_years with dates is expected")
    reading = Reading()
    days = present(
        reading.day(where, entry, "date")
        for number, (_, year) in enumerate(reading.entries("academic_years", years), start=1)
        for where, entry in reading.entries(str(year.get("name") or f"year {number}"), year.get("dates"))
    )
    reading.must_be_whole("this list of term dates")
    if not days:
        raise ValueError("this list of term dates holds no school day")
    name = authority or str(data.get("authority") or data.get("school") or "")
    return calendar(name, str(data.get("source", "")), days, generated=bool(data.get("generated", False)))


def bank_holidays_from_json(data: Any, division: str = "england-and-wales") -> Dates:
    """The bank holidays of a division from GOV.UK's bank-holidays.json.

    Raises ValueError with a sentence when the layout is another one; it names every entry that is no date.
    """
    found = data.get(division) if isinstance(data, Mapping) else None
    events = found.get("events") if isinstance(found, Mapping) else None
    if events is None:
        raise ValueError(f"this is no list of bank holidays like GOV.UK's: '{division}' with events is expected")
    reading = Reading()
    days = present(reading.day(where, entry, "date") for where, entry in reading.entries(division, events))
    reading.must_be_whole("this list of bank holidays")
    if not days:
        raise ValueError("this list of bank holidays holds no day")
    return frozenset(days)


def exam_windows_from_json(data: Any) -> tuple[ExamWindow, ...]:
    """The windows of exam-windows.json: `windows[]` with `first`, `last`, `phases` and, if wanted, `name`.

    Raises ValueError with a sentence when the layout is another one; it names every window that cannot be read.
    """
    windows = data.get("windows") if isinstance(data, Mapping) else None
    if windows is None:
        raise ValueError("this is no list of exam windows: windows with first, last and phases is expected")
    reading = Reading()
    read = [_window(reading, where, entry) for where, entry in reading.entries("windows", windows)]
    reading.must_be_whole("this list of exam windows")
    if not read:
        raise ValueError("this list of exam windows holds no window")
    return tuple(window for window in read if window is not None)


def _window(reading: Reading, where: str, entry: Mapping[str, Any]) -> ExamWindow | None:
    name = str(entry.get("name") or "")
    where = f"{where} '{name[:40]}'" if name else where
    first, last = reading.day(where, entry, "first"), reading.day(where, entry, "last")
    phases = reading.names(where, entry, "phases", get_args(Phase))
    if first is None or last is None or not phases:
        return None
    if last < first or last - first > LONGEST_WINDOW:
        reading.problems.append(f"{where}: it ends before it begins or lasts over {LONGEST_WINDOW.days} days")
        return None
    return ExamWindow(name=name, first=first, last=last, phases=phases)


def exams_from_json(data: Any) -> dict[str, Dates]:
    """Days without visits by phase, from exam-windows.json. Raises ValueError as `exam_windows_from_json`."""
    return exam_days(exam_windows_from_json(data))
