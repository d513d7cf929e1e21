"""Days by which something can be done, in the units of the language's moments."""

import datetime as dt
from collections.abc import Callable, Iterable

from shared.template.days import shifted
from shared.template.moments import Offset, WrongMomentError, parse_moment

IsHoliday = Callable[[dt.date], bool]
"""Whether a weekday is a bank holiday."""
_SATURDAY, _DAY = 5, dt.timedelta(days=1)


def is_none(_: dt.date) -> bool:
    """No day is a bank holiday."""
    return False


def working_days_after(day: dt.date, number: int, is_holiday: IsHoliday) -> dt.date:
    """The day by which somebody has had so many working days, who is asked on the day itself or the next working day.

    Tasks ask and are due by the same days.
    """
    while _rests(day, is_holiday):
        day += _DAY
    for _ in range(number):
        day += _DAY
        while _rests(day, is_holiday):
            day += _DAY
    return day


def _rests(day: dt.date, is_holiday: IsHoliday) -> bool:
    return day.weekday() >= _SATURDAY or is_holiday(day)


def span_from(text: str) -> Offset | None:
    """Read `10 working days` or `3 weeks`; None where it is no length of time."""
    try:
        return parse_moment(f"opened + {text}").offset
    except WrongMomentError:
        return None


def earliest(start: dt.date, spans: Iterable[str]) -> dt.date:
    """The first day by which steps of these lengths can be done one after the other."""
    for span in filter(None, map(span_from, spans)):
        start = shifted(start, span)
    return start


def in_words(day: dt.date) -> str:
    """Thursday 13 May 2027."""
    return f"{day:%A} {day.day} {day:%B %Y}"
