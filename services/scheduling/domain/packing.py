"""All visits of one facilitator dated at once, by backtracking: for diaries so full that order matters.

The visit with the fewest days left comes first; a choice takes its day from every other visit and the days around it
from its own group. Hosts of a group with the same days are interchangeable and kept in order. A budget bounds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Open:
    """A visit to be dated: its group and the mask of days it may have."""

    group: str
    days: int


@dataclass(slots=True)
class Packing:
    """The search: `dates[n]` is the day number of the n-th visit once found."""

    visits: Sequence[Open]
    spacing: int
    budget: int
    dates: dict[int, int] = field(default_factory=dict)

    def solve(self) -> bool:
        """Find dates for all visits; False when there are none or the budget is spent."""
        return self._next({number: visit.days for number, visit in enumerate(self.visits)})

    def _next(self, left: dict[int, int]) -> bool:
        if not left:
            return True
        union = 0
        for days in left.values():
            union |= days
        if union.bit_count() < len(left):
            return False
        number = min(left, key=lambda each: (left[each].bit_count(), each))
        days = left[number]
        while days and self.budget > 0:
            self.budget -= 1
            day = (days & -days).bit_length() - 1
            days &= days - 1
            after = self._without(left, number, day)
            if after is not None and self._next(after):
                self.dates[number] = day
                return True
        return False

    def _without(self, left: dict[int, int], number: int, day: int) -> dict[int, int] | None:
        """The days that remain for the others once a visit has its day; None when one has none left."""
        visit, taken = self.visits[number], 1 << day
        low = max(0, day - self.spacing + 1)
        near = ((1 << (day + self.spacing - low)) - 1) << low
        earlier = (1 << day) - 1
        found = {}
        for other, days in left.items():
            if other == number:
                continue
            rest = days & ~taken
            if self.visits[other].group == visit.group:
                rest &= ~near
                if self.visits[other].days == visit.days:
                    rest &= ~earlier if other > number else earlier
            if not rest:
                return None
            found[other] = rest
        return found


def cannot_pack(visits: Sequence[Open], spacing: int, budget: int) -> bool:
    """Whether every way to date all visits was tried within the budget, and none fits."""
    search = Packing(visits, max(1, spacing), budget)
    return not search.solve() and search.budget > 0


def pack(visits: Sequence[Open], spacing: int, budget: int) -> list[int] | None:
    """A day number for each visit, all different and those of a group at least `spacing` apart, or None."""
    search = Packing(visits, max(1, spacing), budget)
    return [search.dates[number] for number in range(len(visits))] if search.solve() else None
