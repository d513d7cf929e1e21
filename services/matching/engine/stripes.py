"""Two threads on a large round: the map is cut in two, a thread a side, and cut elsewhere for the next stretch.

The cut goes between groups and halves the schools: west from east, then north from south, in turn. A thread never reads
a group of the other side and has its own random numbers, so the result does not depend on which thread is faster.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.anneal import State
from services.matching.engine.instance import Instance, Ints, X, Y

STRIPED = 1500
"""Rounds of more schools than this are cut in two."""

Sides = NDArray[np.int8]
Work = Callable[[Ints, Sides, int], object]


def sides(x: Instance, state: State, turn: int) -> Sides:
    """The side (0 or 1) of each group at the cut of this turn; all on side 0 in a small round."""
    found = np.zeros(len(state.groups), np.int8)
    if x.size <= STRIPED:
        return found
    along = np.nan_to_num(x.facts[:, (X, Y)[turn % 2]])
    order = np.argsort(along[state.groups[:, 0]], kind="stable")
    half = np.cumsum(state.sizes[order]) * 2 > x.size
    found[order[half]] = 1
    return found


def on_each_side(x: Instance, state: State, turn: int, work: Work) -> None:
    """Call work(schools, sides, side) for each side, at the same time."""
    cut = sides(x, state, turn)
    members = [np.flatnonzero(cut[state.of] == side).astype(np.int32) for side in range(int(cut.max()) + 1)]
    if len(members) == 1:
        work(members[0], cut, 0)
        return
    with ThreadPoolExecutor(len(members)) as threads:
        list(threads.map(lambda side: work(members[side], cut, side), range(len(members))))
