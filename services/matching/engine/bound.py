"""An upper bound on the score of any partition of the placed schools, and each school's dual price.

Up to CERTIFIED schools the bound comes from column generation over all groups. With more schools it comes from some
windows of the map: how much better could the schools of a window be grouped among themselves? Such a bound is called
local. After a re-match, the windows that changed most are chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from math import inf
from typing import NamedTuple

import numpy as np

from services.matching.engine.columns import Columns, generate, sizes_of
from services.matching.engine.effort import Effort
from services.matching.engine.instance import Instance, Weights, X, Y, subset
from services.matching.engine.integer_programme import close
from services.matching.engine.kernel import group_value
from services.matching.engine.pool import Group
from services.matching.engine.progress import Progress, Sign, signing
from services.matching.engine.start import hilbert

CERTIFIED = 330
WINDOW = 300
"""Schools of a window."""


class Bound(NamedTuple):
    """`value`: an upper bound on the mean of f; `kind` in words; `prices`: dual prices of schools, by number.

    The prices of a window (or of all schools) add up to its bound. A school priced above the mean is scarce.
    """

    value: float
    kind: str
    prices: Mapping[int, float]


def bound(
    x: Instance, weights: Weights, groups: list[Group], effort: Effort, *,
    changed: frozenset[Group] = frozenset(), progress: Progress | None = None,
) -> Bound | None:  # fmt: skip
    """An upper bound on the score of any partition of the schools in `groups` into as many trios and quads.

    Terms that only steer the search are left out, so the bound holds for the score that people see. `changed`: new
    groups; windows with most of them are chosen. None when nobody is placed, or the effort is spent before there is a
    bound. `progress` is called with the share of the windows done. An exception from it ends the search.
    """
    if not groups or effort.rounds < 1:
        return None
    plain = weights._replace(keeping=0.0, both_ways=0.0)
    placed = sum(len(group) for group in groups)
    if placed <= CERTIFIED:
        return _certified(x, plain, groups, effort.rounds, progress)
    return _by_window(x, plain, groups, effort, changed, progress) if effort.windows else None


def _part(x: Instance, groups: list[Group]) -> tuple[Instance, list[int], list[Group]]:
    """The round of the groups' members alone: (instance, the schools' numbers in x, the groups in its numbers)."""
    schools = sorted(i for group in groups for i in group)
    place = {school: at for at, school in enumerate(schools)}
    part = subset(x, np.array(schools, np.int32))
    return part, schools, [tuple(sorted(place[i] for i in group)) for group in groups]


def _bounded(
    x: Instance, weights: Weights, groups: list[Group], rounds: int, sign: Sign | None
) -> tuple[Columns, float, bool]:
    """Column generation and, if few groups are left, the integer programme: (columns, bound, whether attained)."""
    columns = generate(x, weights, groups, rounds, sign)
    if columns.limit == inf:
        return columns, inf, False
    closed = close(x, weights, columns, groups, sign)
    return (columns, closed.limit, closed.best) if closed else (columns, columns.limit, False)


def _certified(
    x: Instance, weights: Weights, groups: list[Group], rounds: int, progress: Progress | None
) -> Bound | None:
    part, schools, own = _part(x, groups)
    columns, limit, best = _bounded(part, weights, own, rounds, signing(progress, 0.0))
    if limit == inf:
        return None
    prices = dict(zip(schools, _spread(columns, own).tolist(), strict=True))
    kind = "certified: what the best partition scores" if best else "certified: linear programme over all groups"
    return Bound(float(limit) / len(schools), kind, prices)


def _spread(columns: Columns, groups: list[Group]) -> np.ndarray:
    """Dual prices with those of the sizes shared among all schools, so that they add up to the bound."""
    counts, (prices, tolls) = sizes_of(groups), columns.prices
    toll = float(counts @ np.where(counts > 0, tolls, 0.0))
    spread: np.ndarray = prices + toll / len(prices)
    return spread


def _by_window(
    x: Instance, weights: Weights, groups: list[Group], effort: Effort, changed: frozenset[Group],
    progress: Progress | None,
) -> Bound | None:  # fmt: skip
    windows = cut(x, groups)
    chosen, which = _chosen(windows, effort.windows, changed)
    done: list[int] = []

    def sign() -> None:
        if progress:
            progress(len(done) / len(chosen))

    def gap(window: list[Group]) -> tuple[float, float, dict[int, float]]:
        part, schools, own = _part(x, window)
        columns, limit, _ = _bounded(part, weights, own, effort.rounds, sign)
        done.append(1)
        return limit, _worth(part, weights, own), dict(zip(schools, _spread(columns, own).tolist(), strict=True))

    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(gap, chosen))
    wider = sum(limit for limit, _, _ in found) / max(sum(worth for _, worth, _ in found), 1e-9)
    if wider == inf:
        return None
    score = _worth(x, weights, groups) / sum(len(group) for group in groups)
    kind = f"by window: {len(chosen)} of {len(windows)} windows of about {WINDOW} schools{which}; local"
    prices = {school: price for _, _, priced in found for school, price in priced.items()}
    return Bound(float(score * max(wider, 1.0)), kind, prices)


def _chosen(windows: list[list[Group]], most: int, changed: frozenset[Group]) -> tuple[list[list[Group]], str]:
    """The windows to look at, and how they were chosen: where most groups changed, else evenly over the map."""
    counts = [sum(group in changed for group in window) for window in windows]
    first = sorted((at for at, count in enumerate(counts) if count), key=lambda at: -counts[at])[:most]
    if first:
        return [windows[at] for at in sorted(first)], ", those that changed most"
    return [windows[at * len(windows) // most] for at in range(min(most, len(windows)))], ""


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
