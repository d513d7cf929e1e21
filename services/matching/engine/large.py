"""The compiled search for rounds of more than a few dozen schools."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from services.matching.engine.anneal import State, anneal, fresh, measure
from services.matching.engine.assign import assign
from services.matching.engine.chance import EXPONENTIALS, seeded
from services.matching.engine.instance import Instance, Ints, Weights, subset
from services.matching.engine.kernel import broken, group_value
from services.matching.engine.near import among, partners, stranded
from services.matching.engine.refine import refine
from services.matching.engine.repair import repair
from services.matching.engine.start import along_curve, first_groups
from services.matching.engine.stripes import Sides, on_each_side

if TYPE_CHECKING:
    from services.matching.engine.solve import Effort, Progress

PARTNERS = 30
HOT, COLD = 0.09, 0.018
CHUNKS = 40
TURNS = 4
BLOCK = 4000
"""Schools worked on together in a stretch: with more of them their facts would not stay in the fast memory."""
SECOND = 0x5EED
"""Sets the random numbers of the second side apart."""


def solve_large(
    whole: Instance, weights: Weights, sizes: tuple[int, ...], seed: int, effort: Effort,
    progress: Progress | None, start: list[list[int]] | None,
) -> tuple[list[list[int]], list[int], float, bool]:  # fmt: skip
    """Groups, who waits, the score, and whether the whole effort was spent.

    Schools are numbered along the curve meanwhile, so that who is near on the map is near in memory.
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
    from services.matching.engine.solve import split

    near, counts = partners(x, weights, PARTNERS)
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
    if spent and part.size <= effort.refined:
        state = refine(part, weights, state, near, counts, seed, effort.rounds)
    groups = [[int(kept[i]) for i in row if i >= 0] for row in state.groups.tolist()]
    waiting = mend(x, weights, groups, fewest[:over].tolist(), sizes)
    return groups, [*waiting, *np.flatnonzero(lost).tolist()], spent


def search(
    x: Instance, weights: Weights, state: State, near: Ints, counts: Ints, seed: int, effort: Effort,
    progress: Progress | None,
) -> bool:  # fmt: skip
    """Improve the state within the effort; False when the ceiling of time cut it short."""
    began = time.monotonic()
    chances = [seeded(seed), seeded(seed + SECOND)]
    cooling = (COLD / HOT) ** (1 / CHUNKS)
    moves = effort.moves(x.size) // CHUNKS
    for chunk in range(CHUNKS):
        heat = HOT * cooling**chunk

        def work(schools: Ints, cut: Sides, side: int, heat: float = heat) -> None:
            cold, chance = heat * cooling, chances[side]
            for at in range(0, len(schools), BLOCK):
                block = schools[at : at + BLOCK]
                steps = moves * len(block) // x.size
                anneal(x, weights, state, near, counts, block, cut, side, steps, heat, cold, chance, EXPONENTIALS)

        on_each_side(x, state, chunk, work)
        if progress:
            progress(0.8 * (chunk + 1) / CHUNKS)
        if time.monotonic() - began > effort.ceiling:
            return False
    for turn in range(TURNS):

        def exchange(schools: Ints, cut: Sides, side: int) -> None:
            steps = int(effort.assignments * len(schools) / 3.5 / TURNS)
            assign(x, weights, state, near, counts, schools, cut, steps, chances[side])

        on_each_side(x, state, turn, exchange)
    measure(x, weights, state)
    if progress:
        progress(1.0)
    return True


def mend(x: Instance, weights: Weights, groups: list[list[int]], loose: list[int], sizes: tuple[int, ...]) -> list[int]:
    """Make every group feasible in place; who waits."""

    def fits(group: list[int]) -> bool:
        return int(broken(x, np.array(group, np.int32), len(group))) == 0

    def worth(group: list[int]) -> float:
        return float(group_value(x, weights, np.array(group, np.int32), len(group)))

    return repair(groups, loose, fits, worth, sizes)


def _rows(start: list[list[int]], kept: Ints) -> Ints:
    place = {int(school): at for at, school in enumerate(kept)}
    return np.array([[place[i] for i in group] + [-1] * (4 - len(group)) for group in start], np.int32)
