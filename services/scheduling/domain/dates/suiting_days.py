"""Days that suit most people: one in each stretch of a year, such as three strategy days, one a term.

Who cannot come on each is named. The dynamic programme of `sequence` picks the days together, so that they keep their
distance. Dates of cohort events, whose order the template gives, are chosen in `planner/cohort_events`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.sequence import NEVER, Question, solve

A_PERSON = 100


@dataclass(frozen=True, slots=True)
class Suited:
    """A day, and who cannot come."""

    on: dt.date
    missing: tuple[str, ...]


def suit_most(
    horizon: Horizon, free: Mapping[str, int], stretches: Sequence[int], apart: int, weekdays: Sequence[int] = (3, 4)
) -> tuple[Suited, ...] | None:
    """One day out of each stretch (a mask), at least `apart` working days apart; fewest missing over all of them.

    `free`: mask of each person's days. Another weekday counts less than one person more. None where a stretch has no
    day that keeps the distance.
    """
    numbers = np.arange(len(horizon.days), dtype=np.intp)
    missing = np.zeros(len(numbers), np.int32)
    for mask in free.values():
        missing += ~horizon.flags(mask)
    other = np.array([int(day.weekday() not in weekdays) for day in horizon.days], np.int32)
    cost = missing * A_PERSON + other
    points = [np.where(horizon.flags(mask), cost, NEVER).astype(np.int32)[None, :] for mask in stretches]
    nothing = np.zeros((len(points), len(numbers)), np.int32)
    answer = solve(Question(points, nothing, [numbers] * len(points), apart, 0)) if points else None
    if answer is None:
        return None
    return tuple(_suited(horizon, free, number) for number in answer.days)


def _suited(horizon: Horizon, free: Mapping[str, int], number: int) -> Suited:
    return Suited(horizon.days[number], tuple(sorted(one for one, mask in free.items() if not mask >> number & 1)))
