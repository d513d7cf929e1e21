"""Imported years: each replaces what was known of that year, and of no other."""

import datetime as dt
from collections.abc import Iterable, Mapping

from services.scheduling.domain.calendars.records import ExamWindow, ExamYear, HolidayYear
from services.scheduling.domain.calendars.term_dates import school_year
from services.scheduling.planner.model import Dates

_A_PART = 2
"""Known bank holidays that are missing in a file which names only some of a year's."""


def exam_days(windows: Iterable[ExamWindow]) -> dict[str, Dates]:
    """Days without visits by phase."""
    found: dict[str, set[dt.date]] = {}
    for window in windows:
        span = {window.first + dt.timedelta(days=n) for n in range((window.last - window.first).days + 1)}
        for phase in window.phases:
            found.setdefault(phase, set()).update(span)
    return {phase: frozenset(days) for phase, days in found.items()}


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


def with_known_holidays(days: Iterable[dt.date], known: Dates) -> dict[int, Dates]:
    """Days to keep in each year of which a file names only a part.

    Two or more of those known are missing in it, and it has fewer new ones: a holiday that is moved has its new day.
    """
    kept: dict[int, Dates] = {}
    for year, (named, before) in _by_year(days, known).items():
        missing, new = before - named, named - before
        if len(missing) >= _A_PART and len(missing) > len(new):
            kept[year] = missing
    return kept


def holidays_gone(days: Iterable[dt.date], known: Dates) -> Dates:
    """Days that are no bank holidays any more: known ones of the years that a file names, and not in it."""
    return frozenset(day for named, before in _by_year(days, known).values() for day in before - named)


def _by_year(days: Iterable[dt.date], known: Dates) -> dict[int, tuple[Dates, Dates]]:
    """The days of a file by calendar year, with those known of that year."""
    found: dict[int, set[dt.date]] = {}
    for day in days:
        found.setdefault(day.year, set()).add(day)
    return {
        year: (frozenset(named), frozenset(day for day in known if day.year == year)) for year, named in found.items()
    }


def holiday_years(days: Iterable[dt.date], source: str) -> list[HolidayYear]:
    """Bank holidays by calendar year."""
    found: dict[int, list[dt.date]] = {}
    for day in sorted(days):
        found.setdefault(day.year, []).append(day)
    return [HolidayYear(year=year, source=source, days=tuple(theirs)) for year, theirs in found.items()]
