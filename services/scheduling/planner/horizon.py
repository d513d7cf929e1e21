"""Days as bits of an int: bit i is the i-th working day of a programme, so two diaries meet in one AND.

Working days are Mondays to Fridays without bank holidays. School holidays count as working days: spacing is about the
people's time, not about lessons.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SATURDAY = 5


def is_working_day(day: dt.date, bank_holidays: frozenset[dt.date]) -> bool:
    """Whether people work on this day."""
    return day.weekday() < SATURDAY and day not in bank_holidays


def add_working_days(day: dt.date, count: int, bank_holidays: frozenset[dt.date]) -> dt.date:
    """The `count`-th working day after `day`; `day` itself when `count` is 0."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day, bank_holidays)
    return day


def frozen_until(today: dt.date, notice: int, bank_holidays: frozenset[dt.date]) -> dt.date:
    """The last day whose visits stay as they are: `notice` working days from today."""
    return add_working_days(today, notice, bank_holidays)


def first_movable_day(today: dt.date, notice: int, bank_holidays: frozenset[dt.date]) -> dt.date:
    """The first day on which a visit may be given another date, or get its first one."""
    return frozen_until(today, notice, bank_holidays) + dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Horizon:
    """The working days of a stretch of time, numbered from 0."""

    days: tuple[dt.date, ...]
    index: dict[dt.date, int]

    @classmethod
    def over(cls, first: dt.date, last: dt.date, bank_holidays: frozenset[dt.date]) -> "Horizon":
        """Number the working days from `first` to `last`, both included."""
        every = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
        days = tuple(day for day in every if is_working_day(day, bank_holidays))
        return cls(days, {day: number for number, day in enumerate(days)})

    @property
    def everything(self) -> int:
        """The mask of all days."""
        return (1 << len(self.days)) - 1

    def place(self, day: dt.date) -> int:
        """The number of a day, or of the working day before it where it has become a holiday; 0 before all days."""
        return max(0, bisect_right(self.days, day) - 1)

    def mask(self, days: Iterable[dt.date]) -> int:
        """The mask of these days. Days outside the horizon are ignored."""
        found = 0
        for day in days:
            number = self.index.get(day)
            if number is not None:
                found |= 1 << number
        return found

    def between(self, first: dt.date, last: dt.date) -> int:
        """The mask of the days from `first` to `last`, both included."""
        return self.mask(day for day in self.days if first <= day <= last)

    def dates(self, mask: int) -> Iterator[dt.date]:
        """The days of a mask, in order."""
        while mask:
            low = mask & -mask
            yield self.days[low.bit_length() - 1]
            mask ^= low

    def flags(self, mask: int) -> NDArray[np.bool_]:
        """The mask as an array with one truth value a day."""
        size = len(self.days)
        packed = np.frombuffer(mask.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
        return np.unpackbits(packed, count=size, bitorder="little").astype(np.bool_)
