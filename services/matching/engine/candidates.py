"""Candidate lists: each school's best few partners, where the search looks instead of everywhere.

All schools within the accepted distance are looked at, through a grid of cells. The `keep` best are listed, by what
the two alone would be worth to each other. A listed pair breaks no hard rule.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.compiled import compiled
from services.matching.engine.instance import ACCEPT, Floats, Instance, Ints, Weights, X, Y
from services.matching.engine.kernel import coverage, forbidden, pair_value
from services.matching.engine.progress import Sign

CELL = 15.0
"""Kilometres along a cell of the grid."""
SLICE = 500


def partners(x: Instance, weights: Weights, keep: int, sign: Sign | None = None) -> tuple[Ints, Ints]:
    """(list[n, keep] of school numbers, -1 after the last; how many each has).

    `sign` is called for every SLICE of schools, from two threads. An exception from it ends the search.
    """
    place = x.facts[:, [X, Y]]
    known = ~np.isnan(place).any(axis=1)
    low = place[known].min(axis=0) if known.any() else np.zeros(2)
    cell = np.zeros((x.size, 2), np.int64)
    cell[known] = np.floor((place[known] - low) / CELL).astype(np.int64)
    wide, high = int(cell[:, 0].max(initial=0)) + 1, int(cell[:, 1].max(initial=0)) + 1
    number = np.where(known, cell[:, 1] * wide + cell[:, 0], -1)
    order = np.argsort(number, kind="stable").astype(np.int32)
    start = np.searchsorted(number[order], np.arange(-1, wide * high + 2)).astype(np.int32)
    chosen, counts = np.full((x.size, keep), -1, np.int32), np.zeros(x.size, np.int32)

    def work(first: int, last: int) -> None:
        values, pair = np.empty(keep), np.empty(2, np.int32)
        for at in range(first, last, SLICE):
            if sign:
                sign()
            end = min(at + SLICE, last)
            _best(x, weights, number, order, start, wide, high, chosen, counts, at, end, values, pair)

    halves = (0, x.size // 2, x.size)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(work, halves[:-1], halves[1:]))
    return chosen, counts


def among(near: Ints, kept: Ints) -> tuple[Ints, Ints]:
    """The lists of the schools `kept`, by their positions there, without those that are not: (list, how many)."""
    place = np.full(len(near) + 1, -1, np.int32)
    place[kept] = np.arange(len(kept))
    lists = place[near[kept]]
    order = np.argsort(lists < 0, axis=1, kind="stable")
    return np.take_along_axis(lists, order, axis=1), (lists >= 0).sum(axis=1, dtype=np.int32)


@compiled
def _offer(value: float, j: int, values: Floats, chosen: Ints, count: int) -> int:
    """Insert j into the descending list if it is among the best; the new length."""
    keep = len(chosen)
    if count == keep and value <= values[keep - 1]:
        return count
    at = min(count, keep - 1)
    while at > 0 and values[at - 1] < value:
        values[at], chosen[at] = values[at - 1], chosen[at - 1]
        at -= 1
    values[at], chosen[at] = value, j
    return min(count + 1, keep)


@compiled
def _worth(x: Instance, weights: Weights, pair: Ints) -> float:
    both = coverage(x, pair, 2, 0) + coverage(x, pair, 2, 1)
    return weights.coverage * both + 2.0 * pair_value(x.facts, weights, pair[0], pair[1])


@compiled
def _best(
    x: Instance, weights: Weights, number: Ints, order: Ints, start: Ints, wide: int, high: int,
    chosen: Ints, counts: Ints, low: int, top: int, values: Floats, pair: Ints,
) -> None:  # fmt: skip
    """Fill in the lists of the schools low..top-1. `values`, `pair`: scratch space."""
    n = len(number)
    for i in range(low, top):
        count = 0
        pair[0] = i
        reach = int(min(np.ceil(x.facts[i, ACCEPT] / CELL), wide + high))
        row, column = number[i] // wide, number[i] % wide
        for line in range(-reach - 1, reach + 1):  # first the places not known, then row by row of cells
            first, last = start[0], start[1]
            if number[i] < 0:
                first, last = 0, (n if line == -reach - 1 else 0)
            elif line >= -reach:
                if row + line < 0 or row + line >= high:
                    continue
                first = start[(row + line) * wide + max(column - reach, 0) + 1]
                last = start[(row + line) * wide + min(column + reach, wide - 1) + 2]
            for at in range(first, last):
                j = order[at]
                if j != i and not forbidden(x, i, j):
                    pair[1] = j
                    count = _offer(_worth(x, weights, pair), j, values, chosen[i], count)
        counts[i] = count


def stranded(x: Instance, near: Ints, counts: Ints) -> NDArray[np.bool_]:
    """Schools that fit into no trio: no two of their partners may be together.

    A school whose list is full is never called stranded, since it may have partners that are not listed.
    """
    lost = np.ones(len(counts), np.bool_)
    _strand(x, near, counts, lost)
    return lost


@compiled
def _strand(x: Instance, near: Ints, counts: Ints, lost: NDArray[np.bool_]) -> None:
    for i in range(len(counts)):
        if counts[i] == near.shape[1]:
            lost[i] = False
        for at in range(counts[i]):
            for other in range(at):
                if lost[i] and not forbidden(x, near[i, at], near[i, other]):
                    lost[i] = False
