"""The search behind a curve of re-matches: from groups that stand, and from one weight of what is kept to the next.

The more a kept relationship counts, the fewer moves can pay: those of schools whose groups have changed and of their
best partners. So a heavy weight is searched in that neighbourhood alone and a light one everywhere, each from where the
one before ended; when relationships hardly count, little is left to find, and a lukewarm annealing finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.anneal import State, anneal, fresh, measure
from services.matching.engine.assign import assign
from services.matching.engine.chance import EXPONENTIALS, seeded
from services.matching.engine.instance import Instance, Ints, Weights
from services.matching.engine.near import partners
from services.matching.engine.stripes import Sides, on_each_side

if TYPE_CHECKING:
    from services.matching.engine.solve import Progress

PARTNERS, REACH = 30, 6
"""Best partners of a school that it may join; and those that a changed group draws in."""
COLD, CHUNKS, TURNS = 0.018, 40, 4
LEAST = 1e-6
"""What a turn of assignments has to gain for another to follow."""
SECOND = 0x5EED


class Around(NamedTuple):
    """A round with each school's best partners, which do not depend on what a kept relationship counts."""

    x: Instance
    near: Ints
    counts: Ints


class Search(NamedTuple):
    """`moves` a school, the heat to begin with, `assignments` a group; `whole`: everywhere, not just near changes."""

    moves: int
    hot: float
    assignments: float
    whole: bool


def around(x: Instance, weights: Weights) -> Around:
    """The round made ready for any number of searches."""
    return Around(x, *partners(x, weights, PARTNERS))


def improved(
    within: Around, weights: Weights, groups: list[list[int]], search: Search, seed: int, progress: Progress | None
) -> list[list[int]]:
    """Groups, as many and of the same sizes, that are worth more; `groups` themselves where none were found."""
    x, near, counts = within
    state = fresh(x, weights, np.array([[*group, *[-1] * (4 - len(group))] for group in groups], np.int32))
    chosen = np.ones(x.size, np.bool_) if search.whole else _neighbourhood(within, groups)
    before, chances = _rank(state), [seeded(seed), seeded(seed + SECOND)]
    cooling = (COLD / search.hot) ** (1 / CHUNKS)
    for chunk in range(CHUNKS):
        heat = search.hot * cooling**chunk

        def work(schools: Ints, cut: Sides, side: int, heat: float = heat) -> None:
            mine, cold, chance = schools[chosen[schools]], heat * cooling, chances[side]
            steps = search.moves * len(mine) // CHUNKS if len(mine) else 0
            anneal(x, weights, state, near, counts, mine, cut, side, steps, heat, cold, chance, EXPONENTIALS)

        on_each_side(x, state, chunk, work)
        if progress:
            progress(0.8 * (chunk + 1) / CHUNKS)
    for turn in range(TURNS):
        known = float(state.values.sum())

        def exchange(schools: Ints, cut: Sides, side: int) -> None:
            mine = schools[chosen[schools]]
            steps = int(search.assignments * len(mine) / 3.5 / TURNS)
            assign(x, weights, state, near, counts, mine, cut, steps, chances[side])

        on_each_side(x, state, turn, exchange)
        measure(x, weights, state)
        if progress:
            progress(0.8 + 0.2 * (turn + 1) / TURNS)
        if float(state.values.sum()) < known + LEAST:
            break
    if _rank(state) <= before:
        return groups
    return [[i for i in row if i >= 0] for row in state.groups.tolist()]


def _rank(state: State) -> tuple[int, float]:
    return -int(state.faults.sum()), float(state.values.sum())


def _neighbourhood(within: Around, groups: list[list[int]]) -> NDArray[np.bool_]:
    """Schools of groups in which not all were grouped before, and the best partners of those."""
    x, near, counts = within
    chosen = np.zeros(x.size, np.bool_)
    for group in groups:
        kept = sum(len(set(x.kept[x.kept_start[a] : x.kept_start[a + 1]].tolist()).intersection(group)) for a in group)
        if kept < len(group) * (len(group) - 1):
            chosen[group] = True
    for i in np.flatnonzero(chosen).tolist():
        chosen[near[i, : min(REACH, counts[i])]] = True
    return chosen
