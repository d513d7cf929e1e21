"""Days by which something can be done, in the units of the language's moments."""

import datetime as dt
from collections.abc import Iterable

from shared.template.days import shifted
from shared.template.moments import Offset, WrongMomentError, parse_moment
from shared.working_days import IsHoliday, working, working_days_from


def working_days_after(day: dt.date, number: int, is_holiday: IsHoliday) -> dt.date:
    """The day by which somebody has had so many working days, who is asked on the day itself or the next working day.

    Tasks ask and are due by the same days.
    """
    return working_days_from(working(day, is_holiday), number, is_holiday)


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
