"""Brings rounds of a few hundred schools near the bound: columns, a dive, cold annealing, an integer programme."""

from __future__ import annotations

from math import inf

import numpy as np

from services.matching.engine.anneal import State, anneal, as_rows, fresh, in_groups
from services.matching.engine.chance import seeded
from services.matching.engine.columns import generate
from services.matching.engine.dive import dive
from services.matching.engine.instance import Instance, Ints, Weights
from services.matching.engine.integer_programme import close
from services.matching.engine.pool import Group
from services.matching.engine.progress import Sign

WARM, COOL = 0.012, 0.004
MOVES = 3000
"""Proposals a school of the cold annealing."""


def refine(
    x: Instance, weights: Weights, state: State, near: Ints, counts: Ints, seed: int, rounds: int,
    sign: Sign | None = None,
) -> State:  # fmt: skip
    """A state at least as good, with as many groups of each size; the same one if some group breaks a rule.

    `sign` is called throughout, except in the annealing. An exception from it ends the search.
    """
    groups = groups_of(state)
    if state.faults.any() or not groups:
        return state
    columns = generate(x, weights, groups, rounds, sign)
    if columns.limit == inf:
        return state
    dived = fresh(x, weights, as_rows(_completed(dive(x, weights, columns, groups, sign), groups)))
    chance = seeded(seed + 1)
    everybody, side = np.arange(x.size, dtype=np.int32), np.zeros(len(groups), np.int8)
    moves = MOVES * x.size
    anneal(x, weights, dived, near, counts, everybody, side, 0, moves, WARM, COOL, chance)
    best = dived if not dived.faults.any() and dived.values.sum() > state.values.sum() else state
    closed = close(x, weights, columns, groups_of(best), sign)
    return fresh(x, weights, as_rows(closed.groups)) if closed and closed.groups else best


def groups_of(state: State) -> list[Group]:
    """The groups of a state, members ascending."""
    return [tuple(sorted(group)) for group in in_groups(state)]


def _completed(part: list[Group], groups: list[Group]) -> list[Group]:
    """The part, and whoever is left in groups of the sizes left, whatever the rules say."""
    taken = {i for group in part for i in group}
    left = [i for group in groups for i in group if i not in taken]
    sizes = sorted(len(group) for group in groups)
    for group in part:
        sizes.remove(len(group))
    return part + [tuple(left.pop() for _ in range(size)) for size in sizes]
