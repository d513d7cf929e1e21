"""Working days, and how far apart days are in the units of a template.

Nobody publishes schools' calendars yet. Until then a working day is a weekday that is no bank holiday of the place that
the settings name, and terms begin on the usual days of England (`_TERMS`, `_HALF_TERMS`).
"""

import calendar
import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence

from shared.template.moments import Offset
from shared.working_days import IsHoliday, is_working, working, working_days_from

_DAY, _WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
_TERMS = ((9, 1), (1, 3), (4, 12))
_HALF_TERMS = ((9, 1), (10, 30), (1, 3), (2, 20), (4, 12), (6, 1))
"""The first Monday from each of these days on begins a term or half-term; the first begins the school year itself."""


class Calendar:
    """`is_holiday` says whether a weekday is a bank holiday."""

    def __init__(self, is_holiday: IsHoliday) -> None:
        self._is_holiday = is_holiday

    def is_working(self, day: dt.date) -> bool:
        """Whether people work that day."""
        return is_working(day, self._is_holiday)

    def working(self, day: dt.date) -> dt.date:
        """The day itself, or the next on which people work."""
        return working(day, self._is_holiday)

    def bundle_day(self, day: dt.date) -> dt.date:
        """The day of the weekly mail: the next working day from the next Monday on, the day itself if it is one."""
        return self.working(day + dt.timedelta(days=-day.weekday() % 7))

    def shifted(self, day: dt.date, offset: Offset | None) -> dt.date:
        """The day so many units later, or earlier where the number is negative."""
        match offset:
            case None:
                return day
            case Offset(number, "working days"):
                return working_days_from(day, number, self._is_holiday)
            case Offset(number, "days" | "weeks" as unit):
                return day + number * (_WEEK if unit == "weeks" else _DAY)
            case Offset(number, "months"):
                return _months(day, number)
            case Offset(number, unit):
                return _periods(day, number, _HALF_TERMS if unit == "half-terms" else _TERMS)


def term_begins(first_year: int, term: int) -> dt.date:
    """The first day of a term, counted from the programme's first: 4 is the autumn term of its second year."""
    return _begins(first_year, term - 1, _TERMS)


def _begins(first_year: int, index: int, periods: Sequence[tuple[int, int]]) -> dt.date:
    years, which = divmod(index, len(periods))
    month, day = periods[which]
    first = dt.date(first_year + years + (month < periods[0][0]), month, day)
    return first if which == 0 else first + dt.timedelta(days=-first.weekday() % 7)


def _periods(day: dt.date, number: int, periods: Sequence[tuple[int, int]]) -> dt.date:
    """The day as far into a later term as this one is into its own; never beyond the end of that term."""
    year = day.year - (day.month < periods[0][0])
    starts = [_begins(year, index, periods) for index in range(len(periods))]
    index = bisect_right(starts, day) - 1
    begins = _begins(year, index + number, periods)
    last = _begins(year, index + number + 1, periods) - dt.timedelta(days=1)
    return min(begins + (day - starts[index]), last)


def _months(day: dt.date, number: int) -> dt.date:
    years, month = divmod(day.month - 1 + number, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
