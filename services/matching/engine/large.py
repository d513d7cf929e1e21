"""The compiled search for rounds of more than a few dozen schools."""

from __future__ import annotations

import time

import numpy as np

from services.matching.engine.anneal import State, as_rows, fresh, in_groups, measure
from services.matching.engine.candidates import among, partners, stranded
from services.matching.engine.effort import Effort, split
from services.matching.engine.insertion import reinsert
from services.matching.engine.instance import Instance, Ints, Weights, subset
from services.matching.engine.kernel import group_value
from services.matching.engine.measures import measures, signed
from services.matching.engine.progress import Progress, signing, stretch
from services.matching.engine.refine import refine
from services.matching.engine.stages import CHUNKS, PARTNERS, Ground, chances, cool, exchange
from services.matching.engine.start import along_curve, first_groups

HOT, COLD = 0.09, 0.018
ANNEALED, SEARCHED = 0.8, 0.95
"""Shares of the way at which assignments begin, and at which refining and insertion follow."""


def solve_large(
    whole: Instance, weights: Weights, sizes: tuple[int, ...], seed: int, effort: Effort,
    progress: Progress | None, start: list[list[int]] | None,
) -> tuple[list[list[int]], list[int], float, bool]:  # fmt: skip
    """Groups, who waits, the score, and whether the whole effort was spent.

    During the search schools are numbered along the Hilbert curve: near on the map is near in memory.
    """
    along = along_curve(whole)
    x, place = subset(whole, along), np.argsort(along)
    begin = None if start is None else [place[group].tolist() for group in start]
    groups, waiting, spent = _solve(x, weights, sizes, seed, effort, progress, begin)
    total = sum(group_value(x, weights, np.array(group, np.int32), len(group)) for group in groups)
    found = [along[group].tolist() for group in groups]
    return found, sorted(along[waiting].tolist()), total / max(sum(map(len, groups)), 1), spent


def _solve(
    x: Instance, weights: Weights, sizes: tuple[int, ...], seed: int, effort: Effort,
    progress: Progress | None, start: list[list[int]] | None,
) -> tuple[list[list[int]], list[int], bool]:  # fmt: skip
    near, counts = partners(x, weights, PARTNERS, signing(progress, 0.0))
    lost = stranded(x, near, counts)
    open_ = np.flatnonzero(~lost)
    trios, quads, over = split(len(open_), sizes)
    fewest = open_[np.argsort(counts[open_], kind="stable")]
    kept = np.sort(fewest[over:]).astype(np.int32)
    if not len(kept):
        return [], list(range(x.size)), True
    part = subset(x, kept)
    near, counts = among(near, kept)
    state = fresh(part, weights, first_groups(part, trios, quads) if start is None else _rows(start, kept))
    spent = search(part, weights, state, near, counts, seed, effort, progress)
    sign = signing(progress, SEARCHED)
    if spent and part.size <= effort.refined:
        state = refine(part, weights, state, near, counts, seed, effort.rounds, sign)
    groups = [kept[group].tolist() for group in in_groups(state)]
    fits, worth = measures(x, weights)
    waiting = reinsert(groups, fewest[:over].tolist(), signed(fits, sign), worth, sizes)
    if progress:
        progress(1.0)
    return groups, [*waiting, *np.flatnonzero(lost).tolist()], spent


def search(
    x: Instance, weights: Weights, state: State, near: Ints, counts: Ints, seed: int, effort: Effort,
    progress: Progress | None,
) -> bool:  # fmt: skip
    """Improve the state within the effort; False when the ceiling of time cut the annealing short."""
    began = time.monotonic()
    ground, drawn, moves = Ground(x, weights, near, counts), chances(seed), effort.moves(x.size) // CHUNKS
    cooling, exchanging = stretch(progress, 0.0, ANNEALED), stretch(progress, ANNEALED, SEARCHED)
    for share in cool(ground, state, drawn, HOT, COLD, lambda schools: moves * schools // x.size, cooling):
        if cooling:
            cooling(share)
        if time.monotonic() - began > effort.ceiling:
            return False
    for _ in exchange(ground, state, drawn, effort.assignments, exchanging):
        pass
    measure(x, weights, state)
    return True


def _rows(start: list[list[int]], kept: Ints) -> Ints:
    place = {int(school): at for at, school in enumerate(kept)}
    return as_rows([place[i] for i in group] for group in start)
