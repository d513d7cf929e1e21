"""The initial partition: neighbours along a Hilbert curve, cut into groups; pinned schools are together.

The curve: Skilling, "Programming the Hilbert curve" (2004), here for two dimensions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.instance import Instance, Ints, X, Y

ORDER = 12


def hilbert(place: NDArray[np.float64]) -> NDArray[np.int64]:
    """Each place's distance along the curve of 4096 x 4096 cells over the smallest square that holds all.

    Places not known (NaN) come last.
    """
    known = ~np.isnan(place).any(axis=1)
    index = np.full(len(place), 1 << (2 * ORDER), np.int64)
    if not known.any():
        return index
    low = place[known].min(axis=0)
    side = max(float((place[known] - low).max()), 1e-9)
    grid = ((place[known] - low) / side * ((1 << ORDER) - 1)).astype(np.int64)
    x, y = grid[:, 0].copy(), grid[:, 1].copy()
    total = np.zeros(len(x), np.int64)
    for bit in range(ORDER - 1, -1, -1):
        right, up = (x >> bit) & 1, (y >> bit) & 1
        total += ((3 * right) ^ up) << (2 * bit)
        flip = (up == 0) & (right == 1)
        x[flip], y[flip] = (1 << ORDER) - 1 - x[flip], (1 << ORDER) - 1 - y[flip]
        turn = up == 0
        x[turn], y[turn] = y[turn], x[turn].copy()
    index[known] = total
    return index


def along_curve(x: Instance) -> Ints:
    """All schools in the order in which the curve meets them."""
    return np.argsort(hilbert(x.facts[:, [X, Y]]), kind="stable").astype(np.int32)


def group_sizes(n: int, trios: int, quads: int) -> list[int]:
    """Sizes along the curve, quads spread evenly among the trios."""
    groups = trios + quads
    return [4 if (at + 1) * quads // groups > at * quads // groups else 3 for at in range(groups)]


def first_groups(x: Instance, trios: int, quads: int) -> Ints:
    """A partition as rows of four (-1 ends a trio): pinned clusters first, the rest along the curve."""
    order = along_curve(x).tolist()
    clusters = _clusters(x)
    rank = {school: at for at, school in enumerate(order)}
    sizes = group_sizes(x.size, trios, quads)
    starts = sorted(clusters, key=lambda cluster: rank[cluster[0]])
    largest = sorted(range(len(sizes)), key=lambda at: (-sizes[at], at))
    groups: list[list[int]] = [[] for _ in sizes]
    for at, cluster in zip(largest, sorted(starts, key=len, reverse=True), strict=False):
        groups[at].extend(cluster[: sizes[at]])
    seated = {school for group in groups for school in group}
    left = [school for school in reversed(order) if school not in seated]
    for at, size in enumerate(sizes):
        anchor = rank[groups[at][0]] if groups[at] else -1
        while len(groups[at]) < size:
            nearest = _nearest(left, rank, anchor)
            groups[at].append(left.pop(nearest))
    return np.array([group + [-1] * (4 - len(group)) for group in groups], np.int32).reshape(-1, 4)


def _nearest(left: list[int], rank: dict[int, int], anchor: int) -> int:
    """Position in `left` (descending along the curve) of the school nearest the anchor; the last without one."""
    if anchor < 0:
        return len(left) - 1
    return min(range(len(left)), key=lambda at: abs(rank[left[at]] - anchor))


def _clusters(x: Instance) -> list[list[int]]:
    """Schools that pins hold together, directly or through others."""
    seen: set[int] = set()
    found = []
    for first in range(x.size):
        if first in seen or x.together_start[first] == x.together_start[first + 1]:
            continue
        cluster, ahead = [], [first]
        while ahead:
            school = ahead.pop()
            if school not in seen:
                seen.add(school)
                cluster.append(school)
                ahead.extend(x.together[x.together_start[school] : x.together_start[school + 1]].tolist())
        found.append(sorted(cluster))
    return found
