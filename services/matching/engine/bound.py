"""What no partition of the placed schools can exceed, said with every result, and each school's price of scarcity.

Up to CERTIFIED schools by column generation over all groups; for more, the same for some windows of the map, which says
by how much better the schools of a window could be grouped among themselves, and is called local.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from services.matching.engine.close import close
from services.matching.engine.columns import Columns, generate, sizes_of
from services.matching.engine.instance import Instance, Weights, X, Y, subset
from services.matching.engine.kernel import group_value
from services.matching.engine.pool import Group
from services.matching.engine.start import hilbert

if TYPE_CHECKING:
    from services.matching.engine.solve import Effort

CERTIFIED = 330
WINDOW = 300
"""Schools of a window."""


class Bound(NamedTuple):
    """`value`: mean of f over the placed schools; `kind` in words; `prices` a school, 0 for those who wait.

    Prices add up to what the bound allows all together: a school priced above the mean is sought after. None by window.
    """

    value: float
    kind: str
    prices: tuple[float, ...] | None


def bound(x: Instance, weights: Weights, groups: list[Group], effort: Effort) -> Bound | None:
    """The bound on the score of any partition of the schools in `groups` into as many trios and quads.

    What steers the search beside the score is left out, so it holds for the score that people see. None: nobody placed,
    or the effort allows for no bound.
    """
    if not groups or effort.rounds < 1:
        return None
    plain = weights._replace(keeping=0.0, both_ways=0.0)
    placed = sum(len(group) for group in groups)
    if placed <= CERTIFIED:
        return _certified(x, plain, groups, effort.rounds)
    return _by_window(x, plain, groups, effort) if effort.windows else None


def _part(x: Instance, groups: list[Group]) -> tuple[Instance, list[int], list[Group]]:
    """The round of the groups' members alone: (instance, the schools' numbers in x, the groups in its numbers)."""
    schools = sorted(i for group in groups for i in group)
    place = {school: at for at, school in enumerate(schools)}
    part = subset(x, np.array(schools, np.int32))
    return part, schools, [tuple(sorted(place[i] for i in group)) for group in groups]


def _bounded(x: Instance, weights: Weights, groups: list[Group], rounds: int) -> tuple[Columns, float, bool]:
    """Column generation and, where it can be, the integer programme: (columns, limit, whether it is reached)."""
    columns = generate(x, weights, groups, rounds)
    if columns.limit == inf:
        return columns, inf, False
    closed = close(x, weights, columns, groups)
    return (columns, closed.limit, closed.best) if closed else (columns, columns.limit, False)


def _certified(x: Instance, weights: Weights, groups: list[Group], rounds: int) -> Bound | None:
    part, schools, own = _part(x, groups)
    columns, limit, best = _bounded(part, weights, own, rounds)
    if limit == inf:
        return None
    prices = np.zeros(x.size)
    prices[schools] = _spread(columns, own)
    kind = "certified: no other partition scores more" if best else "certified: linear programme over all groups"
    return Bound(float(limit) / len(schools), kind, tuple(prices.tolist()))


def _spread(columns: Columns, groups: list[Group]) -> np.ndarray:
    """Prices with the tolls on sizes shared among all schools, so that they add up to the bound."""
    counts, (prices, tolls) = sizes_of(groups), columns.prices
    toll = float(counts @ np.where(counts > 0, tolls, 0.0))
    spread: np.ndarray = prices + toll / len(prices)
    return spread


def _by_window(x: Instance, weights: Weights, groups: list[Group], effort: Effort) -> Bound | None:
    windows = cut(x, groups)
    chosen = [windows[at * len(windows) // effort.windows] for at in range(min(effort.windows, len(windows)))]

    def gap(window: list[Group]) -> tuple[float, float]:
        part, _, own = _part(x, window)
        _, limit, _ = _bounded(part, weights, own, effort.rounds)
        return limit, _worth(part, weights, own)

    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(gap, chosen))
    wider = sum(limit for limit, _ in found) / max(sum(worth for _, worth in found), 1e-9)
    if wider == inf:
        return None
    score = _worth(x, weights, groups) / sum(len(group) for group in groups)
    kind = f"by window: {len(chosen)} of {len(windows)} windows of about {WINDOW} schools; local"
    return Bound(float(score * max(wider, 1.0)), kind, None)


def cut(x: Instance, groups: list[Group]) -> list[list[Group]]:
    """All groups in windows of about WINDOW schools, along the Hilbert curve through their first members."""
    order = np.argsort(hilbert(x.facts[[group[0] for group in groups]][:, [X, Y]]), kind="stable").tolist()
    schools = sum(len(group) for group in groups)
    count = max(round(schools / WINDOW), 1)
    windows: list[list[Group]] = [[] for _ in range(count)]
    before = 0
    for at in order:
        windows[before * count // schools].append(groups[at])
        before += len(groups[at])
    return [window for window in windows if window]


def _worth(x: Instance, weights: Weights, groups: list[Group]) -> float:
    return sum(float(group_value(x, weights, np.array(group, np.int32), len(group))) for group in groups)
