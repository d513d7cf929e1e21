"""Working days: Mondays to Fridays that are no bank holidays, as `is_holiday` says."""

import datetime as dt
from collections.abc import Callable

__all__ = ["IsHoliday", "is_none", "is_working", "working", "working_days_from"]

IsHoliday = Callable[[dt.date], bool]
"""Whether a weekday is a bank holiday."""
_SATURDAY, _DAY = 5, dt.timedelta(days=1)


def is_none(_: dt.date) -> bool:
    """No day is a bank holiday."""
    return False


def is_working(day: dt.date, is_holiday: IsHoliday) -> bool:
    """Whether people work that day."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def working(day: dt.date, is_holiday: IsHoliday) -> dt.date:
    """The day itself, or the next on which people work."""
    while not is_working(day, is_holiday):
        day += _DAY
    return day


def working_days_from(day: dt.date, number: int, is_holiday: IsHoliday) -> dt.date:
    """The day so many working days later, or earlier where the number is negative; for 0 the day itself."""
    step = _DAY if number > 0 else -_DAY
    left = abs(number)
    while left:
        day += step
        left -= is_working(day, is_holiday)
    return day
