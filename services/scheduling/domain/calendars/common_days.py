"""Days on which everybody can come: school days of all schools, without days that somebody has ruled out or is busy."""

import datetime as dt
from collections.abc import Iterable

from services.scheduling.domain.calendars.term_dates import calendar, school_year
from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.model import TermCalendar
from shared.errors import Rejected
from shared.events.base import DateSpan

LONGEST = dt.timedelta(days=400)
USUAL = dt.timedelta(weeks=8)


def stretch(earliest: dt.date, latest: dt.date | None, not_before: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day to look at: eight weeks where no last day is named.

    Raises Rejected when the last day lies before the first or more than 400 days after it, or the first more than 400
    days after `not_before`.
    """
    if earliest - not_before > LONGEST:
        sentence = f"{earliest} lies more than {LONGEST.days} days after the deadline. Look at its year."
        raise Rejected("other-year", sentence)
    first = max(earliest, not_before)
    last = first + USUAL if latest is None else latest
    if last < first:
        raise Rejected("ends-before-it-begins", f"No day is left up to {last}. Name a later last day.")
    if last - first > LONGEST:
        raise Rejected("too-long", "More than 400 days cannot be searched at once. Name an earlier last day.")
    return first, last


def days_of(spans: Iterable[DateSpan]) -> set[dt.date]:
    """Every day of these spans."""
    return {day for span in spans for day in span.days()}


def days_named(spans: Iterable[DateSpan]) -> set[dt.date]:
    """Every day of spans that somebody names. Raises Rejected when one is longer than 400 days."""
    asked = tuple(spans)
    for one in asked:
        if one.last - one.first > LONGEST:
            sentence = f"{one.first}..{one.last} is longer than {LONGEST.days} days. Name a shorter stretch of time."
            raise Rejected("too-long", sentence)
    return days_of(asked)


def able(horizon: Horizon, terms: Iterable[TermCalendar], impossible: Iterable[dt.date]) -> int:
    """Mask of the days that are school days in all of `terms` and not impossible."""
    mask = horizon.everything & ~horizon.mask(impossible)
    for each in terms:
        mask &= horizon.mask(each.days)
    return mask


def of_year(terms: TermCalendar, year: int) -> TermCalendar:
    """The part of a calendar within the school year that begins in `year`. Raises Rejected when there is none."""
    days = [day for day in terms.days if school_year(day) == year]
    if not days:
        raise Rejected(
            "no-term-dates",
            f"No term dates of {terms.authority or 'this authority'} are known for {year}/{(year + 1) % 100:02}. "
            "Import them with `kindred calendars import`.",
        )
    return calendar(terms.authority, terms.source, days, generated=terms.generated)


def year_of_days(year: int, bank_holidays: frozenset[dt.date]) -> Horizon:
    """The working days of the school year that begins in `year`."""
    return Horizon.over(dt.date(year, 8, 1), dt.date(year + 1, 7, 31), bank_holidays)
