"""Term calendars from an authority's list of school days, and exam windows by phase.

A half-term is a run of school days without a break of a week or more (`HOLIDAY_GAP` days from one school day to the
next).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from services.scheduling.domain.calendars.reading import Reading, present
from services.scheduling.domain.calendars.records import ExamWindow, ExamYear, HolidayYear
from services.scheduling.planner.model import Dates, HalfTerm, TermCalendar
from shared.events.programmes import Phase

HOLIDAY_GAP = dt.timedelta(days=7)
USUAL_DAYS = range(180, 206)
"""School days of a year, INSET taken off or not."""
LONGEST_WINDOW = dt.timedelta(days=120)
SEPTEMBER, AUGUST = 9, 8


def school_year(day: dt.date) -> int:
    """The calendar year in which the school year of `day` began (in August or September)."""
    return day.year if day.month >= AUGUST else day.year - 1


def unusual_years(days: Iterable[dt.date]) -> dict[int, int]:
    """School days of each school year that has remarkably few or many, as where a term or its holiday is missing."""
    counted = Counter(map(school_year, days))
    return {year: count for year, count in sorted(counted.items()) if count not in USUAL_DAYS}


def half_terms(days: Iterable[dt.date]) -> tuple[HalfTerm, ...]:
    """The half-terms of these school days, numbered from 1 in each school year."""
    found: list[HalfTerm] = []
    for day in sorted(days):
        if found and day - found[-1].last < HOLIDAY_GAP:
            found[-1] = HalfTerm(found[-1].number, found[-1].first, day)
            continue
        same_year = found and school_year(found[-1].first) == school_year(day)
        found.append(HalfTerm(found[-1].number + 1 if same_year else 1, day, day))
    return tuple(found)


def calendar(authority: str, source: str, days: Iterable[dt.date], *, generated: bool = False) -> TermCalendar:
    """A term calendar from its school days."""
    fixed = frozenset(days)
    return TermCalendar(authority, source, generated, fixed, half_terms(fixed))


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


def exam_days(windows: Iterable[ExamWindow]) -> dict[str, Dates]:
    """Days without visits by phase."""
    found: dict[str, set[dt.date]] = {}
    for window in windows:
        span = {window.first + dt.timedelta(days=n) for n in range((window.last - window.first).days + 1)}
        for phase in window.phases:
            found.setdefault(phase, set()).update(span)
    return {phase: frozenset(days) for phase, days in found.items()}


def exams_from_json(data: Any) -> dict[str, Dates]:
    """Days without visits by phase, from exam-windows.json. Raises ValueError as `exam_windows_from_json`."""
    return exam_days(exam_windows_from_json(data))


def with_exam_years(shipped: Mapping[str, Dates], imported: Iterable[ExamYear]) -> dict[str, Dates]:
    """Days without visits by phase: those of an imported school year replace the shipped ones of that year."""
    years = list(imported)
    replaced = {each.year for each in years}
    found = {phase: {day for day in days if school_year(day) not in replaced} for phase, days in shipped.items()}
    for phase, days in exam_days(window for each in years for window in each.windows).items():
        found.setdefault(phase, set()).update(days)
    return {phase: frozenset(days) for phase, days in found.items()}


def with_holiday_years(shipped: Dates, imported: Iterable[HolidayYear]) -> Dates:
    """Bank holidays: those of an imported calendar year replace the shipped ones of that year."""
    years = list(imported)
    replaced = {each.year for each in years}
    kept = {day for day in shipped if day.year not in replaced}
    return frozenset(kept | {day for each in years for day in each.days})


def exam_years(windows: Iterable[ExamWindow], source: str) -> list[ExamYear]:
    """Windows by school year."""
    found: dict[int, list[ExamWindow]] = {}
    for window in windows:
        found.setdefault(school_year(window.first), []).append(window)
    return [ExamYear(year=year, source=source, windows=tuple(theirs)) for year, theirs in sorted(found.items())]


def holiday_years(days: Iterable[dt.date], source: str) -> list[HolidayYear]:
    """Bank holidays by calendar year."""
    found: dict[int, list[dt.date]] = {}
    for day in sorted(days):
        found.setdefault(day.year, []).append(day)
    return [HolidayYear(year=year, source=source, days=tuple(theirs)) for year, theirs in found.items()]
