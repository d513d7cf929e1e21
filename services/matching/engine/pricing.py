"""Exact pricing: the groups of positive reduced profit among all groups.

Every trio and quad without a forbidden pair is evaluated, or ruled out by an upper bound that is a sum over pairs. The
coverage of a school is at most the sum of what each other member covers alone, and the weakest coverage at most the
mean. Nothing is missed, so the bound from these prices is valid.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.compiled import compiled
from services.matching.engine.instance import Floats, Instance, Ints, Weights
from services.matching.engine.kernel import broken, coverage, forbidden, group_value, holds, pair_value
from services.matching.engine.progress import Sign

SLACK = 1e-9
"""Added to an upper bound, so that rounding never rules out a group."""
STRETCH = 500_000
"""Evaluations of groups between two calls of `sign`, about a third of a second's work."""


Counter = NDArray[np.int64]


class Pairs(NamedTuple):
    """Upper bounds on what a pair adds to a trio or a quad, who may be with whom, and who comes after whom (CSR)."""

    trio: Floats
    quad: Floats
    allowed: NDArray[np.bool_]
    start: Ints
    after: Ints


@compiled
def _fill(x: Instance, weights: Weights, trio: Floats, quad: Floats, allowed: NDArray[np.bool_], both: Ints) -> None:
    most = weights.coverage + weights.weakest
    for i in range(len(allowed)):
        for j in range(i):
            if forbidden(x, i, j):
                continue
            both[0], both[1] = i, j
            covered = most * (coverage(x, both, 2, 0) + coverage(x, both, 2, 1))
            pair = pair_value(x.facts, weights, i, j)
            if weights.keeping > 0 and holds(x.kept_start, x.kept, i, j):
                covered += weights.keeping
            trio[i, j] = trio[j, i] = covered + pair
            quad[i, j] = quad[j, i] = covered + pair * 2.0 / 3.0
            allowed[i, j] = allowed[j, i] = True


def pairs(x: Instance, weights: Weights) -> Pairs:
    """The tables of a round; they take 17 bytes a pair of schools."""
    trio, quad = np.zeros((x.size, x.size)), np.zeros((x.size, x.size))
    allowed = np.zeros((x.size, x.size), np.bool_)
    _fill(x, weights, trio, quad, allowed, np.empty(2, np.int32))
    return Pairs(trio, quad, allowed, *_rows(allowed))


def _rows(allowed: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    first, after = np.nonzero(np.triu(allowed))
    return np.searchsorted(first, np.arange(len(allowed) + 1)).astype(np.int32), after.astype(np.int32)


def among(p: Pairs, inside: NDArray[np.bool_]) -> Pairs:
    """The tables with pairs of the schools inside only."""
    allowed = p.allowed & inside[:, None] & inside[None]
    return Pairs(p.trio, p.quad, allowed, *_rows(allowed))


def narrowed(p: Pairs, price: Floats, keep: int) -> Pairs:
    """Only pairs of which one is among the other's `keep` most promising partners at these prices."""
    if keep >= len(price):
        return p
    promise = np.where(p.allowed, p.quad - price[None] / 3.0, -np.inf)
    least = -np.partition(-promise, keep - 1, axis=1)[:, keep - 1]
    high = p.allowed & (promise >= least[:, None])
    allowed = high | high.T
    return Pairs(p.trio, p.quad, allowed, *_rows(allowed))


@compiled
def _fourths(p: Pairs, price: Floats, hope: Floats) -> None:
    """hope[i, j]: the most that a fourth member can add beside i and j, less two thirds of its price."""
    for i in range(len(price)):
        for at in range(p.start[i], p.start[i + 1]):
            j = p.after[at]
            most = -1e18
            for m in range(len(price)):
                if p.allowed[i, m] and p.allowed[j, m]:
                    most = max(most, p.quad[i, m] + p.quad[j, m] - price[m] * 2.0 / 3.0)
            hope[i, j] = hope[j, i] = most


@compiled
def _offer(
    x: Instance, weights: Weights, group: Ints, n: int, asked: float, best: Floats, chosen: Ints, budget: Counter
) -> None:  # fmt: skip
    """Evaluate the group exactly; keep it for each member that knows none of larger reduced profit a head."""
    budget[0] -= 1
    gain = (group_value(x, weights, group, n) - asked) / n
    for at in range(n):
        i = group[at]
        if gain > best[i] and broken(x, group, n) == 0:
            best[i] = gain
            for place in range(4):
                chosen[i, place] = group[place] if place < n else -1


@compiled
def _quads(
    x: Instance, weights: Weights, p: Pairs, price: Floats, toll: float, group: Ints, best: Floats, chosen: Ints,
    budget: Counter,
) -> None:  # fmt: skip
    """Every fourth member after the three in `group` that may improve on the best known for somebody."""
    i, j, k = group[0], group[1], group[2]
    covered = coverage(x, group, 3, 0) + coverage(x, group, 3, 1) + coverage(x, group, 3, 2)
    asked = price[i] + price[j] + price[k] + toll
    base = (weights.coverage + weights.weakest) * covered - asked + SLACK
    base += (pair_value(x.facts, weights, i, j) + pair_value(x.facts, weights, i, k)) * 2.0 / 3.0
    base += pair_value(x.facts, weights, j, k) * 2.0 / 3.0
    if weights.keeping > 0:
        base += 3 * weights.keeping
    three = min(best[i], best[j], best[k])
    budget[0] -= 1 + (p.start[k + 1] - p.start[k]) // 32
    for at in range(p.start[k], p.start[k + 1]):
        m = p.after[at]
        if p.allowed[i, m] and p.allowed[j, m]:
            gain = base + p.quad[i, m] + p.quad[j, m] + p.quad[k, m] - price[m]
            if gain > 4.0 * min(three, best[m]):
                group[3] = m
                _offer(x, weights, group, 4, asked + price[m], best, chosen, budget)
    group[3] = -1


def price_out(
    x: Instance, weights: Weights, p: Pairs, price: Floats, tolls: Floats, best: Floats, chosen: Ints, budget: Counter,
    sign: Sign | None = None,
) -> bool:  # fmt: skip
    """Raise best[i] to the largest reduced profit a head of any group with school i; chosen[i] is that group.

    The reduced profit of a group is its value less the prices of its members and of its size (`tolls`: trio, quad; very
    large where the size is not allowed). `best` comes in as what is known already. `budget` counts evaluations down;
    False when it ran out, and then nothing is proved. `sign` is called about every STRETCH evaluations.
    """
    n, hope, group = len(price), np.zeros((len(price), len(price))), np.full(4, -1, np.int32)
    _fourths(p, price, hope)
    least, school = float(best.min()), 0
    while school < n and budget[0] >= 0:
        if sign:
            sign()
        school = _price_out(x, weights, p, price, tolls, best, chosen, budget, least, hope, group, school, STRETCH)
    return bool(school == n)


@compiled
def _price_out(
    x: Instance, weights: Weights, p: Pairs, price: Floats, tolls: Floats, best: Floats, chosen: Ints, budget: Counter,
    least: float, hope: Floats, group: Ints, first: int, stretch: int,
) -> int:  # fmt: skip
    """Price groups whose first school is `first` or later, until a stretch is over; the school to go on with."""
    until = budget[0] - stretch
    for i in range(first, len(price)):
        if budget[0] < until:
            return i
        for at in range(p.start[i], p.start[i + 1]):
            if budget[0] < 0:
                return i
            j = p.after[at]
            two = p.quad[i, j] - price[i] - price[j] - tolls[1] + hope[i, j] / 2.0 + SLACK
            for row in range(at + 1, p.start[i + 1]):
                k = p.after[row]
                if not p.allowed[j, k]:
                    continue
                group[0], group[1], group[2] = i, j, k
                asked = price[i] + price[j] + price[k]
                gain = p.trio[i, j] + p.trio[i, k] + p.trio[j, k] - asked - tolls[0] + SLACK
                if gain > 3.0 * min(best[i], best[j], best[k]):
                    _offer(x, weights, group, 3, asked + tolls[0], best, chosen, budget)
                quad = two + p.quad[i, k] + p.quad[j, k] - price[k] + (hope[i, k] + hope[j, k]) / 2.0
                if quad > 4.0 * least:
                    _quads(x, weights, p, price, tolls[1], group, best, chosen, budget)
    return len(price)


def worthwhile(
    x: Instance, weights: Weights, p: Pairs, price: Floats, tolls: Floats, slack: float, found: Ints
) -> int:  # fmt: skip
    """Write every group whose reduced cost is `slack` at most to `found`; how many.

    Ends early when there are more than `found` has space for.
    """
    return int(_worthwhile(x, weights, p, price, tolls, slack, found, np.full(4, -1, np.int32)))


@compiled
def _worthwhile(
    x: Instance, weights: Weights, p: Pairs, price: Floats, tolls: Floats, slack: float, found: Ints, group: Ints
) -> int:  # fmt: skip
    count = 0
    for i in range(len(price)):
        for at in range(p.start[i], p.start[i + 1]):
            for row in range(at + 1, p.start[i + 1]):
                group[0], group[1], group[2] = i, p.after[at], p.after[row]
                if not p.allowed[group[1], group[2]]:
                    continue
                for last in range(p.start[group[2]] - 1, p.start[group[2] + 1]):
                    n = 3 if last < p.start[group[2]] else 4
                    group[3] = -1 if n == 3 else p.after[last]
                    if n == 4 and not (p.allowed[i, group[3]] and p.allowed[group[1], group[3]]):
                        continue
                    toll = tolls[n - 3]
                    if _within(x, weights, p, price, toll, slack, group, n) and broken(x, group, n) == 0:
                        if count == len(found):
                            return count + 1
                        for place in range(4):
                            found[count, place] = group[place]
                        count += 1
    return count


@compiled
def _within(
    x: Instance, weights: Weights, p: Pairs, price: Floats, toll: float, slack: float, group: Ints, n: int
) -> bool:  # fmt: skip
    """Whether the reduced cost of the group is `slack` at most."""
    asked, most = toll, SLACK
    for at in range(n):
        asked += price[group[at]]
        for other in range(at):
            most += p.trio[group[at], group[other]] if n == 3 else p.quad[group[at], group[other]]
    return asked - most <= slack and asked - group_value(x, weights, group, n) <= slack
