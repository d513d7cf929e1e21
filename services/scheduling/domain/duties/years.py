"""A school's year as masks of days: its open days, and the periods in which a duty falls once."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from services.scheduling.domain.dates.duties import Cadence, periods
from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.model import TermCalendar


@dataclass(frozen=True, slots=True)
class Period:
    """A period: its school days, and all days from its first to its last, as masks."""

    first: dt.date
    last: dt.date
    days: int
    span: int


class TermYear:
    """The terms of an authority in a school year; schools share it. `horizon`: the working days of that year."""

    def __init__(self, terms: TermCalendar, horizon: Horizon) -> None:
        self.terms, self.horizon = terms, horizon
        self.days = horizon.mask(terms.days)
        self._periods: dict[Cadence, tuple[Period, ...]] = {}

    @cached_property
    def school_days(self) -> Horizon:
        """The school days alone, numbered from 0: five of them are a school week."""
        ordered = tuple(sorted(self.terms.days))
        return Horizon(ordered, {day: number for number, day in enumerate(ordered)})

    def between(self, first: dt.date, last: dt.date) -> int:
        """The mask of the days from `first` to `last`, both included."""
        below, upto = bisect_left(self.horizon.days, first), bisect_right(self.horizon.days, last)
        return max(0, (1 << upto) - (1 << below)) if upto > below else 0

    def periods(self, cadence: Cadence) -> tuple[Period, ...]:
        """The periods of that cadence, in order."""
        if cadence not in self._periods:
            self._periods[cadence] = tuple(
                Period(days[0], days[-1], self.horizon.mask(days), self.between(days[0], days[-1]))
                for days in periods(cadence, self.terms)
                if days
            )
        return self._periods[cadence]


class SchoolYear:
    """A school's own year: the terms of its authority without the days on which it is closed all the same.

    `inspected`: the days of weeks in which it is being inspected, in which nobody owes a duty.
    """

    def __init__(self, terms: TermYear, closed: Collection[dt.date] = (), inspected: Collection[dt.date] = ()) -> None:
        self.terms, self.closed, self.inspected = terms, frozenset(closed), frozenset(inspected)
        self.open = terms.days & ~terms.horizon.mask(self.closed)

    @property
    def horizon(self) -> Horizon:
        """The working days of the year."""
        return self.terms.horizon

    @property
    def first_september(self) -> int:
        """The calendar year in which it begins."""
        return self.horizon.days[0].year
