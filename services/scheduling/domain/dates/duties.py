"""Recurring duties by intent ("weekly", "six a year", "termly"), laid out over the school days of a year.

The intent is stored, not a recurrence rule: "every Thursday" falls into holidays. A cadence cuts the year into periods.
Daily and weekly duties keep one weekday where they can; the others are spread by a dynamic programme. A period
without a possible day is named.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.model import HalfTerm, TermCalendar
from services.scheduling.planner.sequence import NEVER

WEEKDAYS = 5


class Cadence(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    SIX_A_YEAR = "six-a-year"
    TERMLY = "termly"
    TWICE_A_YEAR = "twice-a-year"
    YEARLY = "yearly"
    AS_NEEDED = "as-needed"


TOGETHER = {Cadence.SIX_A_YEAR: 1, Cadence.TERMLY: 2, Cadence.TWICE_A_YEAR: 3, Cadence.YEARLY: 6}
"""How many half-terms make a period."""
KEEPS_WEEKDAY = frozenset({Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY})


@dataclass(frozen=True, slots=True)
class Gap:
    """A period without a possible day, and how many school days it has, of which none suits everybody."""

    first: dt.date
    last: dt.date
    school_days: int

    @property
    def sentence(self) -> str:
        """For whoever plans."""
        span = f"Between {self.first:%-d %B} and {self.last:%-d %B %Y}"
        if not self.school_days:
            return f"{span} the school is closed."
        return f"{span} none of the {self.school_days} school days suits everybody."


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The days of a duty in a year, in order; `weekday` is the one it keeps to, `moved` the days on which it cannot."""

    cadence: Cadence
    days: tuple[dt.date, ...]
    gaps: tuple[Gap, ...] = ()
    weekday: int | None = None

    @property
    def moved(self) -> tuple[dt.date, ...]:
        """Days that are not on the usual weekday, because that was not possible."""
        return tuple(day for day in self.days if self.weekday is not None and day.weekday() != self.weekday)


def periods(cadence: Cadence, terms: TermCalendar) -> list[tuple[dt.date, ...]]:
    """The school days of each period in which a duty of this cadence falls once; daily: each day its own."""
    days = sorted(terms.days)
    if cadence in TOGETHER:
        return _by_half_terms(terms, TOGETHER[cadence])
    match cadence:
        case Cadence.DAILY:
            return [(day,) for day in days]
        case Cadence.WEEKLY:
            return _weeks(days)
        case Cadence.FORTNIGHTLY:
            weeks = _weeks(days)
            return [sum(weeks[at : at + 2], ()) for at in range(0, len(weeks), 2)]
        case Cadence.MONTHLY:
            return [tuple(each) for _, each in groupby(days, key=lambda day: (day.year, day.month))]
    return []


def _weeks(days: Sequence[dt.date]) -> list[tuple[dt.date, ...]]:
    return [tuple(each) for _, each in groupby(days, key=lambda day: day.isocalendar()[:2])]


def _by_half_terms(terms: TermCalendar, together: int) -> list[tuple[dt.date, ...]]:
    """School days by so many half-terms at a time, within one school year."""

    def number(half: HalfTerm) -> int:
        return (half.number - 1) // together

    found, before = [], None
    for half in terms.half_terms:
        days = tuple(sorted(day for day in terms.days if half.first <= day <= half.last))
        if before is not None and number(half) == number(before) and half.number > before.number:
            found[-1] += days
        else:
            found.append(days)
        before = half
    return found


def lay_out(cadence: Cadence, terms: TermCalendar, horizon: Horizon, able: int, apart: int = 5) -> LaidOut:
    """Give a duty its days.

    `able`: mask of the days on which the school is open and everybody can. `apart`: the least number of working days
    between two of them, where they are rarer than monthly.
    """
    wanted = periods(cadence, terms)
    masks = [horizon.mask(days) & able for days in wanted]
    gaps = tuple(
        Gap(days[0], days[-1], horizon.mask(days).bit_count())
        for days, mask in zip(wanted, masks, strict=True)
        if not mask
    )
    days, weekday = placed(cadence, horizon, [mask for mask in masks if mask], apart)
    return LaidOut(cadence, days, gaps, weekday)


def placed(
    cadence: Cadence, horizon: Horizon, masks: Sequence[int], apart: int = 5, weekday: int | None = None
) -> tuple[tuple[dt.date, ...], int | None]:
    """One day a period, and the weekday that they keep to, where they do: the one given, else the best.

    `masks`: the possible days of each period, none of them without any.
    """
    if cadence is Cadence.DAILY:
        return tuple(day for mask in masks for day in horizon.dates(mask)), None
    if cadence in KEEPS_WEEKDAY:
        kept = _usual(horizon, masks) if weekday is None else weekday
        return tuple(_nearest(horizon, mask, kept) for mask in masks), kept
    return _spread(horizon, masks, apart), None


def _usual(horizon: Horizon, masks: Sequence[int]) -> int:
    """The weekday that is possible in most periods; Thursday before the others where several are."""
    on = _weekdays(horizon.days)
    order = (3, 4, 2, 1, 0)
    return max(order, key=lambda weekday: (sum(bool(mask & on[weekday]) for mask in masks), -order.index(weekday)))


@lru_cache(maxsize=64)
def _weekdays(days: tuple[dt.date, ...]) -> tuple[int, ...]:
    """Mask of each weekday among these days."""
    return tuple(
        sum(1 << number for number, day in enumerate(days) if day.weekday() == weekday) for weekday in range(WEEKDAYS)
    )


def _nearest(horizon: Horizon, mask: int, weekday: int) -> dt.date:
    """The first day of the period on that weekday, else the first nearest to it in its week."""
    if hit := mask & _weekdays(horizon.days)[weekday]:
        return next(horizon.dates(hit))
    return min(horizon.dates(mask), key=lambda day: (abs(day.weekday() - weekday), day))


def _spread(horizon: Horizon, masks: Sequence[int], apart: int) -> tuple[dt.date, ...]:
    """One day a period, as near to its middle as can be, at least `apart` days from the one before.

    Where too few days allow that distance, it is halved until they are enough.
    """
    if not masks:
        return ()
    numbers = np.arange(len(horizon.days), dtype=np.int32)
    points = []
    for mask in masks:
        flags = horizon.flags(mask)
        able = np.flatnonzero(flags)
        points.append(np.where(flags, abs(numbers - (able[0] + able[-1]) // 2), NEVER).astype(np.int32))
    while True:
        if found := _chain(points, apart):
            return tuple(horizon.days[number] for number in found)
        apart //= 2


def _chain(points: Sequence[NDArray[np.int32]], apart: int) -> list[int]:
    """The cheapest day of each period, in their order, at least `apart` days from the one before; empty: none.

    A dynamic programme: the periods lie one after the other, so that only the day before matters.
    """
    costs = [points[0]]
    for period in points[1:]:
        least = np.minimum.accumulate(costs[-1])
        before = np.full(len(least), NEVER, np.int32)
        before[max(apart, 1) :] = least[: len(least) - max(apart, 1)]
        costs.append(np.minimum(period + before, NEVER).astype(np.int32))
    found: list[int] = []
    for cost in reversed(costs):
        upto = found[-1] - max(apart, 1) + 1 if found else len(cost)
        if upto <= 0 or cost[:upto].min() >= NEVER:
            return []
        found.append(int(cost[:upto].argmin()))
    return found[::-1]
