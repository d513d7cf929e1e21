"""Column generation for set partitioning: an upper bound on the score, dual prices of schools, and good groups.

The restricted master problem over the known groups gives dual prices. Pricing finds groups of positive reduced profit
(value less the dual prices of members and size), until there are none (Gilmore and Gomory 1961; for set partitioning:
Barnhart et al. 1998). The bound is valid whenever it is stopped: each school's price is raised by the largest reduced
profit a head of any group with it, which makes the prices feasible for the dual.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from services.matching.engine.instance import Floats, Instance, Ints, Weights
from services.matching.engine.pool import NEVER, Group, Pool, Prices
from services.matching.engine.pricing import Counter, Pairs, narrowed, pairs, price_out
from services.matching.engine.progress import Sign

CLOSE = 1e-5
"""Column generation ends when the gap between the master's value and the bound is below this, a school."""
NARROW = 30
"""Partners of each school among which groups are priced between two whole pricings."""
FEW = 0.03
"""When the narrow pricing finds fewer new groups a school than this, a whole one follows."""

BUDGET = 30_000_000
"""Evaluations of groups in all pricing together: schools that are all alike would take hours."""


class Columns(NamedTuple):
    """The upper bound on the sum of f, the dual prices that prove it, and the groups generated."""

    limit: float
    prices: Prices
    pool: Pool


def sizes_of(groups: list[Group]) -> Floats:
    """How many trios and quads."""
    return np.array([sum(len(group) == size for group in groups) for size in (3, 4)], np.float64)


def generate(x: Instance, weights: Weights, groups: list[Group], rounds: int, sign: Sign | None = None) -> Columns:
    """Bound the best partition of all schools of x into as many trios and quads as `groups`, a partition, has.

    Stops after so many rounds, when no group has a positive reduced profit, or when the budget is spent; then the bound
    may be infinite. `sign` is called in every round and during pricing. An exception from it ends the search.
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
    """(the largest reduced profit a head for each school, the group that has it, whether that is proved).

    Over all groups (`whole`), or among promising pairs alone. It is not proved when the `budget` ran out.
    """
    around = table if whole else narrowed(table, prices.schools, NARROW)
    gains, chosen = pool.gains(prices), np.full((x.size, 4), -1, np.int32)
    certain = price_out(x, weights, around, prices.schools, prices.tolls, gains, chosen, budget, sign)
    return gains, chosen, certain


def _shares(pool: Pool, n: int, counts: Floats) -> Prices:
    """Initial prices: each school's share of the value of its group."""
    prices = np.zeros(n)
    for group, value in pool.groups.items():
        prices[list(group)] = value / len(group)
    return Prices(prices, np.where(counts > 0, 0.0, NEVER))
