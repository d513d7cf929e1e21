"""Rings: an assignment gives each head a successor; short cycles are patched, long ones cut (Karp 1979)."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

__all__ = ["best_rings"]

BARRED = -1e6


def best_rings(worth: NDArray[np.float64], least: int, most: int) -> list[list[int]]:
    """Rings of at least `least` members, and at most `most` where a cut allows it; who fits into none is left out.

    `worth[i, j]`: the worth of j following i, -inf where j may not.
    """
    weights = np.where(np.isfinite(worth), worth, BARRED)
    np.fill_diagonal(weights, 2 * BARRED)
    _, following = linear_sum_assignment(weights, maximize=True)
    rings = _rings(following.tolist())
    rings = [ring for ring in rings if len(ring) > 1 or least == 1]
    rings = _joined([ring for ring in rings if _holds(weights, ring)] + _pieces(weights, rings), weights, least)
    return sorted(part for ring in rings if len(ring) >= least for part in _cut(ring, weights, least, most))


def _rings(following: list[int]) -> list[list[int]]:
    left, rings = set(range(len(following))), []
    while left:
        ring = [min(left)]
        while (after := following[ring[-1]]) != ring[0]:
            ring.append(after)
        left -= set(ring)
        rings.append(ring)
    return rings


def _worth(weights: NDArray[np.float64], ring: list[int]) -> float:
    return float(sum(weights[a, b] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)))


def _holds(weights: NDArray[np.float64], ring: list[int]) -> bool:
    return _worth(weights, ring) > BARRED / 2


def _pieces(weights: NDArray[np.float64], rings: list[list[int]]) -> list[list[int]]:
    """Rings with a forbidden step, taken apart into single members that are joined to others later."""
    return [[one] for ring in rings if not _holds(weights, ring) for one in ring]


def _joined(rings: list[list[int]], weights: NDArray[np.float64], least: int) -> list[list[int]]:
    """Join rings that are too short to others, the best join first, until none is possible."""
    while True:
        best: tuple[float, int, int, list[int]] | None = None
        for a, b in combinations(range(len(rings)), 2):
            if min(len(rings[a]), len(rings[b])) < least:
                for i in range(len(rings[a])):
                    for j in range(len(rings[b])):
                        ring = [*rings[a][i:], *rings[a][:i], *rings[b][j:], *rings[b][:j]]
                        worth = _worth(weights, ring) / len(ring)
                        if _holds(weights, ring) and (best is None or worth > best[0]):
                            best = (worth, a, b, ring)
        if best is None:
            return rings
        _, a, b, ring = best
        rings = [one for at, one in enumerate(rings) if at not in (a, b)] + [ring]


def _cut(ring: list[int], weights: NDArray[np.float64], least: int, most: int) -> list[list[int]]:
    """The ring cut into parts of the wanted sizes, the best cut that the rules allow."""
    if len(ring) <= most:
        return [ring]
    found: tuple[float, list[int], list[int]] | None = None
    for start in range(len(ring)):
        turned = [*ring[start:], *ring[:start]]
        for size in range(least, len(ring) - least + 1):
            one, two = turned[:size], turned[size:]
            if _holds(weights, one) and _holds(weights, two):
                worth = _worth(weights, one) + _worth(weights, two)
                if found is None or worth > found[0]:
                    found = (worth, one, two)
    if found is None:
        return [ring]
    return [part for half in found[1:] for part in _cut(half, weights, least, most)]
