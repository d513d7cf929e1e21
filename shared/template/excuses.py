"""What an excuse covers, alike in every service: of an inspection whole weeks, from Monday to Sunday."""

import datetime as dt
from collections.abc import Iterable

from shared.events.base import DateSpan

__all__ = ["INSPECTED", "in_weeks_of", "weeks_of"]

INSPECTED = "inspected"


def weeks_of(windows: Iterable[DateSpan]) -> tuple[DateSpan, ...]:
    """The whole weeks in which these days lie."""
    return tuple(
        DateSpan(
            first=one.first - dt.timedelta(days=one.first.weekday()),
            last=one.last + dt.timedelta(days=6 - one.last.weekday()),
        )
        for one in windows
    )


def in_weeks_of(windows: Iterable[DateSpan], day: dt.date) -> bool:
    """Whether the day lies in a week of these days."""
    return any(one.first <= day <= one.last for one in weeks_of(windows))
