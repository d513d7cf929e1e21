"""The two stages of every compiled search: annealing in chunks, then turns of assignments.

Both work on the two sides of a large round at once (`stripes`). They yield the share of the stage that is done, so the
caller can report it, or stop. `progress` is called before each block of schools and each assignment, from either side's
thread, with the share done when the chunk or turn began. An exception from it ends the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.anneal import State, anneal
from services.matching.engine.assign import assign
from services.matching.engine.chance import seeded
from services.matching.engine.instance import Instance, Ints, Weights
from services.matching.engine.progress import Progress, Sign, signing
from services.matching.engine.stripes import Sides, on_each_side

PARTNERS = 30
"""Length of a candidate list."""
CHUNKS, TURNS = 40, 4
BLOCK = 4000
"""Schools annealed together: the facts of more would not stay in the processor's cache."""
SECOND = 0x5EED
"""Added to the seed for the second side."""
USUAL = 3.5
"""Schools of a group, on average."""

Chances = tuple[NDArray[np.uint64], NDArray[np.uint64]]


class Ground(NamedTuple):
    """What is searched: a round with its candidate lists. `chosen`: which schools are moved, None for all."""

    x: Instance
    weights: Weights
    near: Ints
    counts: Ints
    chosen: NDArray[np.bool_] | None = None

    def among(self, schools: Ints) -> Ints:
        """Those of them that are moved."""
        return schools if self.chosen is None else schools[self.chosen[schools]]


def chances(seed: int) -> Chances:
    """Random numbers for each side."""
    return seeded(seed), seeded(seed + SECOND)


def cool(
    ground: Ground, state: State, drawn: Chances, hot: float, cold: float, moves: Callable[[int], int],
    progress: Progress | None = None,
) -> Iterator[float]:  # fmt: skip
    """Anneal from `hot` to `cold`; `moves`: how many proposals a chunk makes for so many schools.

    BLOCK schools are annealed together: numbered along the curve, they are near on the map and in memory.
    """
    x, weights, near, counts, _ = ground
    cooling = (cold / hot) ** (1 / CHUNKS)
    for chunk in range(CHUNKS):
        heat, sign = hot * cooling**chunk, signing(progress, chunk / CHUNKS)

        def work(schools: Ints, cut: Sides, side: int, heat: float = heat, sign: Sign | None = sign) -> None:
            mine, end, chance = ground.among(schools), heat * cooling, drawn[side]
            for at in range(0, len(mine), BLOCK):
                if sign:
                    sign()
                some = mine[at : at + BLOCK]
                steps = moves(len(some))
                anneal(x, weights, state, near, counts, some, cut, side, steps, heat, end, chance)

        on_each_side(x, state, chunk, work)
        yield (chunk + 1) / CHUNKS


def exchange(
    ground: Ground, state: State, drawn: Chances, assignments: float, progress: Progress | None = None
) -> Iterator[float]:
    """Turns of the assignment neighbourhood, with `assignments` a group over all turns."""
    x, weights, near, counts, _ = ground
    for turn in range(TURNS):
        sign = signing(progress, turn / TURNS)

        def work(schools: Ints, cut: Sides, side: int, sign: Sign | None = sign) -> None:
            mine = ground.among(schools)
            steps = int(assignments * len(mine) / USUAL / TURNS)
            assign(x, weights, state, near, counts, mine, cut, steps, drawn[side], sign)

        on_each_side(x, state, turn, work)
        yield (turn + 1) / TURNS
