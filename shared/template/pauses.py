"""Where the days of a programme come to lie when it has stood still for a while.

A day that is still to come keeps its distance in school weeks: as many of them lie between taking the programme up
again and that day as lay between postponing it and that day, and it stays the same day of the week. Weeks of the
summer and Christmas holidays are not counted, so that a programme that is postponed over a summer loses nothing.
"""

import datetime as dt
from collections.abc import Iterable

from pydantic import Field, model_validator

from shared.events.base import Fact

__all__ = ["Pause", "standing_still", "through"]

_WEEK, _SUNDAY = dt.timedelta(weeks=1), 6
_SUMMER = ((7, 22), (8, 29))
_CHRISTMAS = ((12, 19), (1, 1))
"""A week counts as holidays where its Monday lies between these days, both included."""


class Pause(Fact):
    """The programme stood still after `first`, and goes on from `last`; none: it still stands still."""

    first: dt.date
    last: dt.date | None = Field(None, description="the day on which it was taken up again")

    @model_validator(mode="after")
    def _in_order(self) -> "Pause":
        if self.last is not None and self.last < self.first:
            raise ValueError(f"the programme was taken up again on {self.last}, before it stood still on {self.first}")
        return self

    def after(self, day: dt.date) -> dt.date | None:
        """The day as it lies because of this pause; None while nobody can tell."""
        if day <= self.first:
            return day
        if self.last is None:
            return None
        monday, weeks = _monday(self.last), _school_weeks(_monday(self.first), _monday(day))
        while weeks:
            monday += _WEEK
            weeks -= _counts(monday)
        weekday = day.weekday() if _counts(_monday(day)) else _SUNDAY
        return max(monday + dt.timedelta(days=weekday), self.last)


def through(day: dt.date, pauses: Iterable[Pause], since: dt.date | None = None) -> dt.date | None:
    """The day as it lies after all pauses, of which those before `since` are in it already; None: nobody can tell yet.

    `since` is the day on which something happened that the day counts from; none for a day that is written down.
    """
    for pause in pauses:
        if since is None or pause.first >= since:
            moved = pause.after(day)
            if moved is None:
                return None
            day = moved
    return day


def standing_still(pauses: Iterable[Pause]) -> bool:
    """Whether the programme stands still now."""
    return any(pause.last is None for pause in pauses)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _school_weeks(first: dt.date, last: dt.date) -> int:
    """How many school weeks begin after one Monday and up to another."""
    return sum(_counts(first + _WEEK * number) for number in range(1, (last - first).days // 7 + 1))


def _counts(monday: dt.date) -> bool:
    day = (monday.month, monday.day)
    return not (_SUMMER[0] <= day <= _SUMMER[1] or day >= _CHRISTMAS[0] or day <= _CHRISTMAS[1])
