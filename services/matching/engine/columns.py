"""Column generation for set partitioning: an upper bound on every score, prices of schools, and groups worth having.

A linear programme over the groups known gives prices, pricing gives groups that are worth more than their members'
prices, until there are none (Gilmore and Gomory 1961; for set partitioning: Barnhart et al. 1998). The bound holds
whenever it is stopped: each school's price is raised by the most a head that any group with it still gains, and then
no group is worth more than its members pay.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from services.matching.engine.instance import Floats, Instance, Ints, Weights
from services.matching.engine.pool import NEVER, Group, Pool, Prices
from services.matching.engine.pricing import Counter, Pairs, narrowed, pairs, price_out
from services.matching.engine.progress import Sign

CLOSE = 1e-5
"""A bound is done when a school's share of what is left open is below this."""
NARROW = 30
"""Partners of each school among which groups are priced between two whole pricings."""
FEW = 0.03
"""Fewer new groups a school than this from the narrow pricing call for a whole one."""

BUDGET = 30_000_000
"""Group values that all pricing may take: schools that are all alike would take hours."""


class Columns(NamedTuple):
    """The bound on the sum of f, the prices that prove it, and the groups generated."""

    limit: float
    prices: Prices
    pool: Pool


def sizes_of(groups: list[Group]) -> Floats:
    """How many trios and quads."""
    return np.array([sum(len(group) == size for group in groups) for size in (3, 4)], np.float64)


def generate(x: Instance, weights: Weights, groups: list[Group], rounds: int, sign: Sign | None = None) -> Columns:
    """Bound the best partition of all schools of x into as many trios and quads as `groups`, a partition, has.

    Stops after so many rounds, when no group gains any more, or when the budget is spent: the limit may be infinite.
    `sign` is called in every round and while it prices; what it raises ends everything.
    """
    counts, everybody = sizes_of(groups), np.arange(x.size, dtype=np.int32)
    pool, table = Pool(x, weights), pairs(x, weights)
    pool.add(groups)
    prices = _shares(pool, x.size, counts)
    limit, proof, reached, whole, budget = np.inf, prices, -np.inf, True, np.array([BUDGET])
    for _ in range(max(rounds, 1)):
        if sign:
            sign()
        gains, chosen, certain = priced(x, weights, table, pool, prices, whole, budget, sign)
        if not certain:
            break
        if whole:
            bound = float(prices.schools.sum() + gains.sum() + counts @ np.where(counts > 0, prices.tolls, 0.0))
            if bound < limit:
                limit, proof = bound, Prices(prices.schools + gains, prices.tolls)
            if limit - reached <= CLOSE * x.size:
                break
        grown = pool.add(chosen.tolist())
        whole = not whole and grown < FEW * x.size
        master = pool.master(everybody, counts) if grown else None
        if master:
            reached, prices = master.value, master.prices
    return Columns(limit, proof, pool)


def priced(
    x: Instance, weights: Weights, table: Pairs, pool: Pool, prices: Prices, whole: bool, budget: Counter,
    sign: Sign | None = None,
) -> tuple[Floats, Ints, bool]:  # fmt: skip
    """(the most each school gains a head, the group that gains it, whether that is certain).

    In all groups (`whole`), or among promising pairs alone. Not certain: the `budget` of group values ran out.
    """
    around = table if whole else narrowed(table, prices.schools, NARROW)
    gains, chosen = pool.gains(prices), np.full((x.size, 4), -1, np.int32)
    certain = price_out(x, weights, around, prices.schools, prices.tolls, gains, chosen, budget, sign)
    return gains, chosen, certain


def _shares(pool: Pool, n: int, counts: Floats) -> Prices:
    """Prices to begin with: each school's share of its group."""
    prices = np.zeros(n)
    for group, value in pool.groups.items():
        prices[list(group)] = value / len(group)
    return Prices(prices, np.where(counts > 0, 0.0, NEVER))
