"""Which days are near, and when a coordinator is told what waits: both in working days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

NEAR = 10
"""Working days within which a coordinator is told at once."""
_ZONE = ZoneInfo("Europe/London")
_MORNING = dt.time(7)
_SATURDAY = 5


@dataclass(frozen=True)
class Ahead:
    """What lies ahead. ``near``: the last day that is near; ``morning``: when the next list of what waits goes out."""

    today: dt.date
    near: dt.date
    morning: dt.datetime

    def concerns(self, on: dt.date) -> bool:
        """Tell whether a day is near."""
        return self.today <= on <= self.near


def yesterday(now: dt.datetime) -> dt.date:
    """Return the day before today, as clocks in London show it."""
    return now.astimezone(_ZONE).date() - dt.timedelta(days=1)


def ahead(days: Sequence[dt.date], now: dt.datetime, near: int = NEAR) -> Ahead:
    """Return what lies ahead. ``days``: at least ``near + 1`` working days from today on."""
    today = now.astimezone(_ZONE).date()
    mornings = (dt.datetime.combine(day, _MORNING, _ZONE).astimezone(dt.UTC) for day in days)
    to_come = [day for day in days if day > today]
    return Ahead(today, to_come[near - 1], next(morning for morning in mornings if morning > now))


def without_holidays(now: dt.datetime) -> Ahead:
    """Return what lies ahead where bank holidays are not known: half as far again, so that nothing is told too late."""
    near = NEAR + NEAR // 2
    every = (yesterday(now) + dt.timedelta(days=number) for number in range(1, 2 * near + 7))
    return ahead([day for day in every if day.weekday() < _SATURDAY], now, near)
