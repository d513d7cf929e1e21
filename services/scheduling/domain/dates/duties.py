"""Recurring duties by intent ("weekly", "six a year", "termly"), laid out over the school days of a year.

The intent is stored, not a recurrence rule: "every Thursday" falls into holidays. A cadence cuts the year into periods.
Daily and weekly duties keep one weekday where they can; the others are spread by the dynamic programme that dates
visits (`sequence`). A period without a possible day is named.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

import numpy as np

from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.model import HalfTerm, TermCalendar
from services.scheduling.planner.sequence import NEVER, Question, solve

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
    masks = [mask for mask in masks if mask]
    if cadence is Cadence.DAILY:
        return LaidOut(cadence, tuple(day for mask in masks for day in horizon.dates(mask)), gaps)
    if cadence in KEEPS_WEEKDAY:
        weekday = _usual(horizon, masks)
        return LaidOut(cadence, tuple(_nearest(horizon, mask, weekday) for mask in masks), gaps, weekday)
    return LaidOut(cadence, _spread(horizon, masks, apart), gaps)


def _usual(horizon: Horizon, masks: Sequence[int]) -> int:
    """The weekday that is possible in most periods; Thursday before the others where several are."""
    on = [horizon.mask(day for day in horizon.days if day.weekday() == weekday) for weekday in range(WEEKDAYS)]
    order = (3, 4, 2, 1, 0)
    return max(order, key=lambda weekday: (sum(bool(mask & on[weekday]) for mask in masks), -order.index(weekday)))


def _nearest(horizon: Horizon, mask: int, weekday: int) -> dt.date:
    """The first day of the period on that weekday, else the first nearest to it in its week."""
    return min(horizon.dates(mask), key=lambda day: (abs(day.weekday() - weekday), day))


def _spread(horizon: Horizon, masks: Sequence[int], apart: int) -> tuple[dt.date, ...]:
    """One day a period, as near to its middle as can be, at least `apart` working days from the next.

    Where too few days allow that distance, it is halved until they are enough.
    """
    if not masks:
        return ()
    numbers = np.arange(len(horizon.days), dtype=np.int32)
    points = []
    for mask in masks:
        able = np.flatnonzero(horizon.flags(mask))
        away = abs(numbers - (able[0] + able[-1]) // 2)
        points.append(np.where(horizon.flags(mask), away, NEVER).astype(np.int32)[None, :])
    nothing = np.zeros((len(masks), len(numbers)), np.int32)
    while True:
        answer = solve(Question(points, nothing, [numbers.astype(np.intp)] * len(masks), apart, 0))
        if answer is not None:
            return tuple(horizon.days[number] for number in answer.days)
        apart //= 2
