"""Pairs in a graph: the maximum-cardinality matching of largest weight (Edmonds 1965; rustworkx)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import rustworkx
from numpy.typing import NDArray
from scipy.spatial import cKDTree

__all__ = ["best_pairs", "near_pairs"]

SCALE = 1_000_000
EVERYBODY = 500


def best_pairs(edges: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The pairs, smaller number first, in ascending order. `edges`: two numbers and a weight of 0 or more."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.extend_from_weighted_edge_list([(a, b, round(weight * SCALE)) for a, b, weight in edges])
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted((min(pair), max(pair)) for pair in found)


def near_pairs(places: Sequence[tuple[float, float] | None], most: int) -> list[tuple[int, int]]:
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


def _others(at: int, count: int, most: int) -> list[int]:
    """All other positions, or the next so many of them in a circle."""
    reach = count - 1 if count <= EVERYBODY else most
    return [(at + step) % count for step in range(1, reach + 1)]
