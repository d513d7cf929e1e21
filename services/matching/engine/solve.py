"""The engine's front door: a round in, groups out.

Up to 11 schools it is exact, up to 60 it anneals in plain Python, and beyond that the compiled search runs. The effort
is a number of steps, so one seed gives one result on any machine. `ceiling` (seconds) only guards against hanging.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from services.matching.engine.chance import Chance
from services.matching.engine.effort import NORMAL, Effort, split
from services.matching.engine.insertion import reinsert
from services.matching.engine.instance import Instance, Weights, subset
from services.matching.engine.measures import measured
from services.matching.engine.progress import Progress, stretch
from services.matching.engine.small import EXACT, SMALL, Tables, anneal_small, exact, mask_of, members

VERSION = "kindred-anneal-2"


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Solution:
    """Groups and waiting schools as school numbers; the score is the mean over the schools placed.

    `whole`: the full effort was spent. Only then does the result depend on the seed alone.
    """

    groups: tuple[tuple[int, ...], ...]
    waiting: tuple[int, ...]
    score: float
    seed: int
    engine: str
    seconds: float
    whole: bool = True


def solve(
    x: Instance,
    weights: Weights = WEIGHTS,
    sizes: tuple[int, ...] = (3, 4),
    seed: int = 1,
    effort: Effort = NORMAL,
    progress: Progress | None = None,
    start: list[list[int]] | None = None,
) -> Solution:
    """The best groups found. `start`: groups to begin from (a re-match), else along a Hilbert curve."""
    began = time.perf_counter()
    whole = True
    if x.size <= SMALL:
        groups, waiting, score, engine = _solve_small(x, weights, sizes, seed, progress)
    else:
        from services.matching.engine.large import solve_large  # the kernel takes half a second to load

        groups, waiting, score, whole = solve_large(x, weights, sizes, seed, effort, progress, start)
        engine = "anneal+assign"
    ordered = tuple(sorted(tuple(sorted(group)) for group in groups))
    seconds = time.perf_counter() - began
    return Solution(ordered, tuple(waiting), score, seed, f"{VERSION} {engine}", seconds, whole)


def _solve_small(
    x: Instance, weights: Weights, sizes: tuple[int, ...], seed: int, progress: Progress | None
) -> tuple[list[list[int]], list[int], float, str]:
    tables = Tables(x, weights)
    everybody = set(range(x.size))
    if x.size <= EXACT and sizes == (3, 4):
        found, engine = [members(mask) for mask in exact(tables)], "exact"
    else:
        found, engine = _anneal(x, tables, weights, sizes, seed, progress), "anneal, plain"
    if progress:
        progress(1.0)
    waiting = sorted(everybody - {i for group in found for i in group})
    score = sum(tables.value(mask_of(group)) for group in found) / max(sum(len(group) for group in found), 1)
    return found, waiting, score, engine


def _anneal(
    x: Instance, tables: Tables, weights: Weights, sizes: tuple[int, ...], seed: int, progress: Progress | None
) -> list[list[int]]:  # fmt: skip
    """Anneal twice the schools that can be placed at all, insert who is left over, and keep the better result."""
    placeable = [i for i in range(x.size) if _placeable(tables, i)]
    trios, quads, over = split(len(placeable), sizes)
    placeable.sort(key=lambda i: (tables.enemies[i].bit_count(), i))
    kept, loose = sorted(placeable[: len(placeable) - over]), placeable[len(placeable) - over :]
    if not kept:
        return []
    import numpy as np

    from services.matching.engine.start import first_groups

    part = subset(x, np.array(kept, np.int32))
    first = [[kept[i] for i in row if i >= 0] for row in first_groups(part, trios, quads).tolist()]
    fits, worth = measured(tables)
    chance, best, best_rank = Chance(seed), first, (-1, -1e18)
    for turn in range(2):
        way, start = stretch(progress, turn / 2, (turn + 1) / 2), [mask_of(group) for group in first]
        masks = anneal_small(tables, start, 800 * len(kept), 0.15, 0.01, chance, way)
        groups = [members(mask) for mask in masks]
        reinsert(groups, loose, fits, worth, sizes)
        rank = (sum(len(group) for group in groups), sum(worth(group) for group in groups))
        if rank > best_rank:
            best, best_rank = groups, rank
    return best


def _placeable(tables: Tables, i: int) -> bool:
    friends = [j for j in range(tables.n) if j != i and not tables.enemies[i] >> j & 1]
    return any(not tables.enemies[a] >> b & 1 for at, a in enumerate(friends) for b in friends[:at])
