"""Term calendars from an authority's list of school days, and exam windows by phase.

A half-term is a run of school days without a break of a week or more (`HOLIDAY_GAP` days from one school day to the
next).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from services.scheduling.domain.model import Dates, HalfTerm, TermCalendar
from services.scheduling.domain.reading import Reading, present

HOLIDAY_GAP = dt.timedelta(days=7)
SEPTEMBER, AUGUST = 9, 8


def school_year(day: dt.date) -> int:
    """The calendar year in which the school year of `day` began (in August or September)."""
    return day.year if day.month >= AUGUST else day.year - 1


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


def bank_holidays_from_json(data: Mapping[str, Any], division: str = "england-and-wales") -> Dates:
    """The bank holidays of a division from GOV.UK's bank-holidays.json."""
    return frozenset(dt.date.fromisoformat(event["date"]) for event in data[division]["events"])


def exams_from_json(data: Mapping[str, Any]) -> dict[str, Dates]:
    """Days without visits by phase, from exam-windows.json (`windows[]: first, last, phases`)."""
    found: dict[str, set[dt.date]] = {}
    for window in data["windows"]:
        first, last = dt.date.fromisoformat(window["first"]), dt.date.fromisoformat(window["last"])
        span = {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}
        for phase in window["phases"]:
            found.setdefault(phase, set()).update(span)
    return {phase: frozenset(days) for phase, days in found.items()}
