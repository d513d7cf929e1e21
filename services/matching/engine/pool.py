"""The columns of column generation, and the restricted master problem over them: set partitioning relaxed (HiGHS)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array

from services.matching.engine.instance import Floats, Instance, Ints, Weights
from services.matching.engine.kernel import group_value

NEVER = 1e6
"""The dual price of a size that no group may have."""

Group = tuple[int, ...]


class Prices(NamedTuple):
    """Dual prices: one for each school; `tolls`: one for each trio and one for each quad."""

    schools: Floats
    tolls: Floats


class Master(NamedTuple):
    """An optimum of the relaxation: its value, how much of each group it takes, and its duals."""

    value: float
    taken: Floats
    prices: Prices


class Pool:
    """Groups known so far, each once, with their values, in the order they came in."""

    def __init__(self, x: Instance, weights: Weights, groups: dict[Group, float] | None = None) -> None:
        self._x, self._weights = x, weights
        self.groups: dict[Group, float] = dict(groups or {})

    def add(self, groups: Iterable[Iterable[int]]) -> int:
        """Take in groups (-1 is nobody); how many were new."""
        before = len(self.groups)
        for members in groups:
            group = tuple(sorted(i for i in members if i >= 0))
            if group and group not in self.groups:
                array = np.array(group, np.int32)
                self.groups[group] = float(group_value(self._x, self._weights, array, len(group)))
        return len(self.groups) - before

    def keep(self, inside: NDArray[np.bool_], counts: Floats) -> None:
        """Forget groups with a school that is not inside, and sizes of which none are wanted."""
        self.groups = {
            group: value
            for group, value in self.groups.items()
            if counts[len(group) - 3] > 0 and all(inside[i] for i in group)
        }

    def _arrays(self) -> tuple[Floats, Ints, Ints]:
        """(values, members one after another, sizes)."""
        values = np.array(list(self.groups.values()))
        flat = np.array([i for group in self.groups for i in group], np.int32)
        return values, flat, np.array([len(group) for group in self.groups], np.int32)

    def gains(self, prices: Prices) -> Floats:
        """For each school the largest reduced profit a head of a known group with it; minus infinity without any."""
        values, flat, sizes = self._arrays()
        starts = np.cumsum(sizes) - sizes
        asked = np.add.reduceat(prices.schools[flat], starts) + prices.tolls[sizes - 3]
        best = np.full(self._x.size, -np.inf)
        np.maximum.at(best, flat, np.repeat((values - asked) / sizes, sizes))
        return best

    def master(self, schools: Ints, counts: Floats) -> Master | None:
        """The relaxation over known groups: each of `schools` once, `counts` trios and quads; None when infeasible."""
        if not self.groups:
            return None
        values, flat, sizes = self._arrays()
        n = len(schools)
        place = np.zeros(self._x.size, np.int32)
        place[schools] = np.arange(n, dtype=np.int32)
        ends = np.cumsum(sizes)
        rows = np.insert(place[flat], ends, n + sizes - 3)
        starts = np.concatenate([[0], ends + np.arange(1, len(ends) + 1)])
        used = np.concatenate([np.ones(n, np.bool_), counts > 0])
        table = csc_array((np.ones(len(rows)), rows, starts), shape=(n + 2, len(values)))[used]
        wanted = np.concatenate([np.ones(n), counts])[used]
        found = linprog(-values, A_eq=table, b_eq=wanted, bounds=(0, None), method="highs-ipm")
        if found.x is None:
            return None
        duals = np.full(n + 2, NEVER)
        duals[used] = -found.eqlin.marginals
        prices = np.zeros(self._x.size)
        prices[schools] = duals[:n]
        return Master(float(-found.fun), found.x, Prices(prices, duals[n:]))
