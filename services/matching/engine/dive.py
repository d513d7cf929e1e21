"""A diving heuristic in the branch-and-price tree (Sadykov et al. 2019): from the relaxation to groups.

It fixes the groups that the relaxation takes nearly whole, prices anew for the rest, and repeats. It ends about half a
percent below the bound, where annealing alone stays two percent below. It is not exact, and may leave schools over.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.columns import Columns, priced, sizes_of
from services.matching.engine.instance import Floats, Instance, Weights
from services.matching.engine.pool import Group, Master, Pool
from services.matching.engine.pricing import Pairs, among, pairs
from services.matching.engine.progress import Sign

NEARLY = 0.9
WHOLE = 120
"""With fewer schools left than this, all groups are priced."""
ROUNDS = 3
SHARE = 300_000
"""Evaluations of groups in one pricing."""


def dive(x: Instance, weights: Weights, columns: Columns, groups: list[Group], sign: Sign | None = None) -> list[Group]:
    """A partition into as many trios and quads as `groups` (a partition) has, or a part of one when it gets stuck.

    `sign` is called before every linear programme and pricing. An exception from it ends the search.
    """
    counts, inside = sizes_of(groups), np.ones(x.size, np.bool_)
    pool, table = Pool(x, weights, columns.pool.groups), pairs(x, weights)
    fixed: list[Group] = []
    while inside.any():
        if sign:
            sign()
        master = _reopened(x, weights, pool, table, inside, counts, sign)
        if master is None:
            break
        known = list(pool.groups)
        taken = np.flatnonzero(master.taken >= NEARLY).tolist() or [int(np.argmax(master.taken))]
        for at in taken:
            group = known[at]
            fixed.append(group)
            inside[list(group)] = False
            counts[len(group) - 3] -= 1
    return fixed


def _reopened(
    x: Instance, weights: Weights, pool: Pool, table: Pairs, inside: NDArray[np.bool_], counts: Floats,
    sign: Sign | None,
) -> Master | None:  # fmt: skip
    """The relaxation for the schools inside, after some rounds of pricing among them."""
    pool.keep(inside, counts)
    schools = np.flatnonzero(inside).astype(np.int32)
    rest = among(table, inside)
    master = pool.master(schools, counts)
    for _ in range(ROUNDS):
        if master is None:
            return None
        everyone, budget = len(schools) < WHOLE, np.array([SHARE])
        _, chosen, _ = priced(x, weights, rest, pool, master.prices, everyone, budget, sign)
        if not pool.add(chosen[schools].tolist()):
            break
        master = pool.master(schools, counts)
    return master
