"""The assignment neighbourhood: one member leaves each of many nearby groups, and all are put back the best way.

Who goes where is a linear assignment problem, solved exactly (Jonker and Volgenant 1987, SciPy). It finds cyclic
exchanges that no sequence of improving swaps would find (very large neighbourhoods: Ahuja, Ergun, Orlin, Punnen 2002).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from services.matching.engine.anneal import State
from services.matching.engine.compiled import compiled
from services.matching.engine.draw import below
from services.matching.engine.instance import Floats, Instance, Ints, Weights
from services.matching.engine.kernel import broken, group_value
from services.matching.engine.progress import Sign

FAULT = 1000.0
MOST = 80


@compiled
def _nearby(
    state: State, near: Ints, counts: Ints, side: NDArray[np.int8], seed: int, most: int, seen: Ints, mark: int,
    chosen: Ints,
) -> int:  # fmt: skip
    """Groups around the seed school's, on its side, found breadth-first through candidate lists; how many."""
    chosen[0] = state.of[seed]
    seen[chosen[0]] = mark
    found, ahead = 1, 0
    while ahead < found < most:
        g = chosen[ahead]
        ahead += 1
        for at in range(state.sizes[g]):
            i = state.groups[g, at]
            for row in range(min(counts[i], 8)):
                other = state.of[near[i, row]]
                if seen[other] != mark and side[other] == side[chosen[0]] and found < most:
                    seen[other] = mark
                    chosen[found] = other
                    found += 1
    return found


@compiled
def _table(
    x: Instance, weights: Weights, state: State, chosen: Ints, leaving: Ints, members: Ints, losses: Floats
) -> None:
    """losses[a, b]: minus the value of group b with the school that leaves group a. `members`: scratch space."""
    for b in range(len(chosen)):
        g = chosen[b]
        n = state.sizes[g]
        for at in range(n):
            members[at] = state.groups[g, at]
        for a in range(len(chosen)):
            members[leaving[b]] = state.groups[chosen[a], leaving[a]]
            wrong = broken(x, members, n)
            if wrong > 0:
                losses[a, b] = FAULT * wrong
            else:
                losses[a, b] = -group_value(x, weights, members, n)


@compiled
def _carry_out(
    x: Instance, weights: Weights, state: State, chosen: Ints, leaving: Ints, rows: Ints, schools: Ints
) -> None:
    """Put the school from group `rows[b]` into group b, for all b at once. `schools`: scratch space."""
    for a in range(len(chosen)):
        schools[a] = state.groups[chosen[a], leaving[a]]
    for b in range(len(chosen)):
        g, school = chosen[b], schools[rows[b]]
        state.groups[g, leaving[b]] = school
        state.of[school] = g
        state.values[g] = group_value(x, weights, state.groups[g], state.sizes[g])
        state.faults[g] = broken(x, state.groups[g], state.sizes[g])


def assign(
    x: Instance, weights: Weights, state: State, near: Ints, counts: Ints, schools: Ints, side: NDArray[np.int8],
    steps: int, chance: NDArray[np.uint64], sign: Sign | None = None,
) -> None:  # fmt: skip
    """`steps` assignments of up to MOST groups each, around any of `schools`, all of which are on one side.

    `sign` is called before each. An exception from it ends the search.
    """
    most = min(MOST, len(state.groups))
    seen, groups = np.zeros(len(state.groups), np.int32), np.empty(most, np.int32)
    members, moved = np.empty(4, np.int32), np.empty(most, np.int32)
    for step in range(steps):
        if sign:
            sign()
        found = _nearby(state, near, counts, side, schools[below(chance, len(schools))], most, seen, step + 1, groups)
        chosen = groups[:found]
        leaving = np.array([below(chance, int(state.sizes[g])) for g in chosen], np.int32)
        losses = np.empty((found, found))
        _table(x, weights, state, chosen, leaving, members, losses)
        rows, columns = linear_sum_assignment(losses)
        order = np.empty(found, np.int32)
        order[columns] = rows
        _carry_out(x, weights, state, chosen, leaving, order, moved)
