"""Term calendars from an authority's list of school days.

A half-term is a run of school days without a break of a week or more (`HOLIDAY_GAP` days from one school day to the
next).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from services.scheduling.planner.model import HalfTerm, TermCalendar

HOLIDAY_GAP = dt.timedelta(days=7)
USUAL_DAYS = range(180, 206)
"""School days of a year, INSET taken off or not."""
SEPTEMBER, AUGUST = 9, 8


def school_year(day: dt.date) -> int:
    """The calendar year in which the school year of `day` began (in August or September)."""
    return day.year if day.month >= AUGUST else day.year - 1


def unusual_years(days: Iterable[dt.date]) -> dict[int, int]:
    """School days by school year, of the years with too few or too many: a term or a holiday may be missing."""
    counted = Counter(map(school_year, days))
    return {year: count for year, count in sorted(counted.items()) if count not in USUAL_DAYS}


def odd_years(days: Iterable[dt.date]) -> str:
    """A clause about school years that a file holds in part, or with holidays as school days; '' if there is none."""
    years = [f"{year}/{(year + 1) % 100:02} has {count}" for year, count in unusual_years(days).items()]
    if not years:
        return ""
    return f". A school year usually has about 195, but {' and '.join(years)}: see whether the file leaves dates out"


def doubts_about(days: Iterable[dt.date], misfits: Iterable[str]) -> tuple[str, ...]:
    """Why a file of term dates may not say what was meant, as sentences; `misfits` are clauses about its entries."""
    odd = odd_years(days).removeprefix(". ")
    return (*(f"{misfit}." for misfit in misfits), *((f"{odd}.",) if odd else ()))


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
