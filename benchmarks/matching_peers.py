"""What the engine is measured beside: random groups, greedy groups, and hill climbing by swaps in plain Python.

All use the slow path of the kernel one group at a time, keep every hard rule where they can, and count what they break.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from services.matching.engine.candidates import partners
from services.matching.engine.effort import split
from services.matching.engine.instance import Instance, Weights, X, Y
from services.matching.engine.kernel import broken, group_value
from services.matching.engine.start import group_sizes, hilbert

Groups = list[list[int]]
PENALTY = 10.0


def value(x: Instance, group: list[int]) -> float:
    """F of the group."""
    return float(group_value(x, Weights(), np.array(group, np.int32), len(group)))


def faults(x: Instance, group: list[int]) -> int:
    """Hard rules the group breaks."""
    return int(broken(x, np.array(group, np.int32), len(group)))


def score(x: Instance, groups: Groups) -> float:
    """Mean of f over all schools of the round."""
    return sum(value(x, group) for group in groups) / x.size


def _cut(x: Instance, order: list[int]) -> Groups:
    trios, quads, _ = split(x.size, (3, 4))
    left = iter(order)
    return [[next(left) for _ in range(size)] for size in group_sizes(x.size, trios, quads)]


def at_random(x: Instance, _: float) -> Groups:
    """Groups drawn from a hat."""
    order = list(range(x.size))
    random.Random(1).shuffle(order)
    return _cut(x, order)


def greedy(x: Instance, _: float) -> Groups:
    """The first school left takes, one after another, the member that makes its group worth most."""
    near, counts = partners(x, Weights(), 40)
    trios, quads, _ = split(x.size, (3, 4))
    left = dict.fromkeys(np.argsort(hilbert(x.facts[:, [X, Y]]), kind="stable").tolist())
    groups = []
    for size in group_sizes(x.size, trios, quads):
        group = [next(iter(left))]
        del left[group[0]]
        while len(group) < size:
            close = {int(j) for i in group for j in near[i, : counts[i]] if int(j) in left}
            able = [j for j in sorted(close) if not faults(x, [*group, j])] or list(left)[:20]
            best = max(able, key=lambda j: value(x, [*group, j]) - PENALTY * faults(x, [*group, j]))
            group.append(best)
            del left[best]
        groups.append(group)
    return groups


def hill_climb(x: Instance, seconds: float) -> Groups:
    """Swaps of two schools that gain, for so many seconds, from neighbours along a curve."""
    draw, groups = random.Random(1), _cut(x, np.argsort(hilbert(x.facts[:, [X, Y]]), kind="stable").tolist())

    def worth(group: list[int]) -> float:
        return value(x, group) - PENALTY * faults(x, group)

    known = [worth(group) for group in groups]
    until = time.process_time() + seconds
    while time.process_time() < until:
        a, b = draw.randrange(len(groups)), draw.randrange(len(groups))
        if a == b:
            continue
        i, j = draw.randrange(len(groups[a])), draw.randrange(len(groups[b]))
        one, two = groups[a].copy(), groups[b].copy()
        one[i], two[j] = two[j], one[i]
        worths = worth(one), worth(two)
        if sum(worths) > known[a] + known[b]:
            groups[a], groups[b] = one, two
            known[a], known[b] = worths
    return groups


def bound(x: Instance) -> float | None:
    """Linear relaxation of set partitioning over every feasible group (HiGHS): no partition scores more.

    For rounds of a few dozen schools, whose groups can all be listed. None where not every school can have a place.
    """
    columns = [group for group in every_group(x) if not faults(x, group)]
    trios, quads, _ = split(x.size, (3, 4))
    row = [i for group in columns for i in group] + [x.size] * len(columns)
    column = [at for at, group in enumerate(columns) for _ in group] + list(range(len(columns)))
    table = csr_array((np.ones(len(row)), (row, column)), shape=(x.size + 1, len(columns)))
    wanted = np.array([1.0] * x.size + [trios + quads])
    worths = np.array([value(x, group) for group in columns])
    found = milp(-worths, constraints=LinearConstraint(table, wanted, wanted), bounds=Bounds(0, 1))
    return None if found.fun is None else float(-found.fun / x.size)


def every_group(x: Instance) -> Groups:
    """Every trio and quad without a forbidden pair."""
    friends = [[j for j in range(x.size) if j > i and not faults(x, [i, j])] for i in range(x.size)]
    found = []
    for i in range(x.size):
        for at, j in enumerate(friends[i]):
            for k in friends[i][at + 1 :]:
                if k in friends[j]:
                    found.append([i, j, k])
                    found += [[i, j, k, m] for m in friends[i] if m > k and m in friends[j] and m in friends[k]]
    return found


PEERS: dict[str, Callable[[Instance, float], Groups]] = {
    "random": at_random,
    "greedy": greedy,
    "swap hill-climb, Python": hill_climb,
}
