"""Dates many visits of a few facilitators at once by backtracking, where diaries are so full that order matters.

A place is a facilitator's day: bit `facilitator * width + day` of a mask. The visit with the fewest places is dated
first (minimum remaining values). A choice removes its place from every other visit, and the days around it from its own
group (forward checking). Hosts of a group with the same places are interchangeable and kept in order. A budget of
choices bounds the search.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Open:
    """A visit to be dated: its group and the mask of places it may have."""

    group: str
    places: int


@dataclass(frozen=True, slots=True)
class Diary:
    """The capacity: `width` days, `limits` visits of each facilitator, `spacing` days within a group."""

    width: int
    limits: tuple[int, ...]
    spacing: int

    @property
    def every(self) -> int:
        """A mask with the first day of each facilitator: times a mask of days it gives these days of all of them."""
        return sum(1 << (number * self.width) for number in range(len(self.limits)))


@dataclass(slots=True)
class Packing:
    """The search: `found[n]` is the place of the n-th visit once solved; `budget` is what is left of it."""

    visits: Sequence[Open]
    diary: Diary
    budget: int
    found: dict[int, int] = field(default_factory=dict)
    used: list[int] = field(default_factory=list)

    def solve(self) -> bool:
        """Find places for all visits; False when there are none or the budget is spent."""
        self.used = [0] * len(self.diary.limits)
        barred = sum(self._all_days(who) for who, limit in enumerate(self.diary.limits) if limit <= 0)
        return self._next({number: visit.places & ~barred for number, visit in enumerate(self.visits)})

    def _next(self, left: dict[int, int]) -> bool:
        if not left:
            return True
        union = 0
        for places in left.values():
            union |= places
        room = sum(limit - used for limit, used in zip(self.diary.limits, self.used, strict=True))
        if min(union.bit_count(), room) < len(left):
            return False
        number = min(left, key=lambda each: (left[each].bit_count(), each))
        places = left[number]
        while places and self.budget > 0:
            self.budget -= 1
            place = (places & -places).bit_length() - 1
            places &= places - 1
            who = place // self.diary.width
            self.used[who] += 1
            after = self._without(left, number, place)
            if after is not None and self._next(after):
                self.found[number] = place
                return True
            self.used[who] -= 1
        return False

    def _without(self, left: dict[int, int], number: int, place: int) -> dict[int, int] | None:
        """The places that remain for the others once a visit has its own; None when one has none left."""
        visit, (who, day) = self.visits[number], divmod(place, self.diary.width)
        gone = self._all_days(who) if self.used[who] >= self.diary.limits[who] else 1 << place
        before, near = self._before(day), self._near(day)
        found = {}
        for other, places in left.items():
            if other == number:
                continue
            rest = places & ~gone
            if self.visits[other].group == visit.group:
                rest &= ~near
                if self.visits[other].places == visit.places:
                    rest &= ~before if other > number else before
            if not rest:
                return None
            found[other] = rest
        return found

    def _all_days(self, who: int) -> int:
        return ((1 << self.diary.width) - 1) << (who * self.diary.width)

    def _before(self, day: int) -> int:
        return ((1 << day) - 1) * self.diary.every

    def _near(self, day: int) -> int:
        """The days around this one, of all facilitators."""
        low, high = max(0, day - self.diary.spacing + 1), min(self.diary.width, day + self.diary.spacing)
        return (((1 << (high - low)) - 1) << low) * self.diary.every
