"""Pairs in a graph: the maximum-cardinality matching of largest weight (Edmonds 1965; rustworkx)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import rustworkx
from numpy.typing import NDArray
from scipy.spatial import cKDTree

__all__ = ["best_pairs", "near_pairs", "regions"]

SCALE = 1_000_000
EVERYBODY = 500
LARGEST = 700
"""Among more than so many, pairs are sought region by region: a matching takes time by the square of their number."""
Place = tuple[float, float] | None


def best_pairs(edges: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The pairs, smaller number first, in ascending order. `edges`: two numbers and a weight of 0 or more."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.extend_from_weighted_edge_list([(a, b, round(weight * SCALE)) for a, b, weight in edges])
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted((min(pair), max(pair)) for pair in found)


def near_pairs(places: Sequence[Place], most: int) -> list[tuple[int, int]]:
    """Each with its `most` nearest, as pairs of positions, smaller first.

    Where a place is not known: with all others, or, where they are many, with so many of them by turn.
    """
    known = [at for at, place in enumerate(places) if place is not None]
    pairs = set[tuple[int, int]]()
    if len(known) > 1:
        grid: NDArray[np.float64] = np.array([places[at] for at in known], np.float64)
        _, rows = cKDTree(grid).query(grid, min(most + 1, len(known)))
        for at, row in zip(known, rows.tolist(), strict=True):
            pairs.update((min(at, known[to]), max(at, known[to])) for to in row if known[to] != at)
    for at, place in enumerate(places):
        if place is None:
            pairs.update((min(at, other), max(at, other)) for other in _others(at, len(places), most))
    return sorted(pairs)


def regions(places: Sequence[Place], largest: int = LARGEST) -> list[int]:
    """Position -> number of a region with `largest` positions at most: halves along the longer side, and so on.

    All but one have an even number, so that everybody there can find a partner. Unknown places stand together.
    """
    spots: NDArray[np.float64] = np.array([place or (0.0, 0.0) for place in places], np.float64).reshape(-1, 2)
    found, left, number = [0] * len(places), [np.arange(len(places))], 0
    while left:
        part = left.pop()
        if len(part) <= largest:
            for at in part.tolist():
                found[at] = number
            number += 1
            continue
        side = int(np.ptp(spots[part], axis=0).argmax())
        part, half = part[np.argsort(spots[part, side], kind="stable")], len(part) // 4 * 2
        left += [part[half:], part[:half]]
    return found


def _others(at: int, count: int, most: int) -> list[int]:
    """All other positions, or the next so many of them in a circle."""
    reach = count - 1 if count <= EVERYBODY else most
    return [(at + step) % count for step in range(1, reach + 1)]
