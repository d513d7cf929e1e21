"""The search behind a curve of re-matches: it starts from the groups that stand, then from its own last result.

The weight of a kept relationship falls from search to search. With a heavy weight only schools of changed groups, and
their best partners, can gain by moving, so only they are searched. With a light weight all schools are. Each search
starts where the one before ended, so little is left to find, and annealing from a lower temperature finds it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.anneal import as_rows, fresh, in_groups, measure
from services.matching.engine.candidates import partners
from services.matching.engine.instance import Instance, Ints, Weights
from services.matching.engine.progress import Progress, signing, stretch
from services.matching.engine.stages import CHUNKS, PARTNERS, Ground, chances, cool, exchange

REACH = 6
"""Candidates of each school of a changed group that are moved with it."""
ANNEALED = 0.8
"""Share of the way at which the assignments begin."""
LEAST = 1e-6
"""Another turn of assignments follows a gain of at least this."""


class Around(NamedTuple):
    """A round with its candidate lists, which do not depend on the weight of a kept relationship."""

    x: Instance
    near: Ints
    counts: Ints


class Search(NamedTuple):
    """`moves` a school, first and last temperature, `assignments` a group; `whole`: all schools, not just some."""

    moves: int
    hot: float
    cold: float
    assignments: float
    whole: bool


def around(x: Instance, weights: Weights, progress: Progress | None = None) -> Around:
    """The round made ready for any number of searches; `progress` is called with 0.0 meanwhile."""
    return Around(x, *partners(x, weights, PARTNERS, signing(progress, 0.0)))


def improved(
    within: Around, weights: Weights, groups: list[list[int]], search: Search, seed: int, progress: Progress | None
) -> list[list[int]]:
    """Better groups, as many and of the same sizes; `groups` themselves where none were found.

    Better with kept relationships counted, or without: the latter is a step along the curve, too. An exception from
    `progress` ends the search.
    """
    x, near, counts = within
    ground = Ground(x, weights, near, counts, None if search.whole else _neighbourhood(within, groups))
    state, drawn = fresh(x, weights, as_rows(groups)), chances(seed)
    cooling, exchanging = stretch(progress, 0.0, ANNEALED), stretch(progress, ANNEALED, 1.0)
    moves, hot, cold = search[:3]
    for _ in cool(ground, state, drawn, hot, cold, lambda schools: moves * schools // CHUNKS, cooling):
        pass
    known = float(state.values.sum())
    for _ in exchange(ground, state, drawn, search.assignments, exchanging):
        measure(x, weights, state)
        now = float(state.values.sum())
        if now < known + LEAST:
            break
        known = now
    if progress:
        progress(1.0)
    found = in_groups(state)
    ranks = zip(_ranks(x, weights, groups), _ranks(x, weights, found), strict=True)
    return found if any(after > before for before, after in ranks) else groups


def _ranks(x: Instance, weights: Weights, groups: list[list[int]]) -> list[tuple[int, float]]:
    """(minus the rules broken, worth) of a partition: with kept relationships counted, and without."""
    states = [fresh(x, each, as_rows(groups)) for each in (weights, weights._replace(keeping=0.0))]
    return [(-int(state.faults.sum()), float(state.values.sum())) for state in states]


def _neighbourhood(within: Around, groups: list[list[int]]) -> NDArray[np.bool_]:
    """Schools of groups in which not all were together before, and their best candidates."""
    x, near, counts = within
    chosen = np.zeros(x.size, np.bool_)
    for group in groups:
        kept = sum(len(set(x.kept[x.kept_start[a] : x.kept_start[a + 1]].tolist()).intersection(group)) for a in group)
        if kept < len(group) * (len(group) - 1):
            chosen[group] = True
    for i in np.flatnonzero(chosen).tolist():
        chosen[near[i, : min(REACH, counts[i])]] = True
    return chosen
