"""Where a map of the whole cohort is too crowded to read: the densest squares, to be drawn again enlarged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from kindred.atlas.cohort import Cohort, Group, Place

SIDE = 40_000.0
"""Metres. Of a square."""
STEP = 2_500.0
"""Metres. Squares begin on a grid this wide."""
MOST = 5
LEAST = 12
"""Groups; with fewer a square is no crowd."""
LARGER = 3.0
"""So many times a square's side must the whole map be wide or high, else enlarging it shows little more."""
UNNAMED = "Place without a name"

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Square:
    """A square of the country: its south-west corner in metres, its names, and the groups whose middle lies in it.

    `name`: the local authority that most schools in it have; `region`: the region that most have, or "".
    """

    letter: str
    name: str
    region: str
    corner: Place
    groups: tuple[Group, ...]

    def holds(self, place: Place) -> bool:
        """Whether the place lies in it; its west and south sides belong to it."""
        return _holds(self.corner, place)


def squares(cohort: Cohort) -> list[Square]:
    """Squares with the most groups, densest first, none overlapping; none where the whole map is small or empty.

    A square whose authority an earlier one is named by takes the next, else is more of it: no name stands twice.
    """
    placed = [(group, middle) for group in cohort.groups if (middle := group.middle) is not None]
    drawn = [place for group, _ in placed for place in group.known]
    if not placed or _span(drawn + [one.place for one in cohort.waiting if one.place is not None]) < LARGER * SIDE:
        return []
    sums = _sums(Counter(_cell(middle) for _, middle in placed))
    found: list[Square] = []
    while len(found) < MOST and sums:
        corner = _densest(sums)
        groups = tuple(group for group, middle in placed if _holds(corner, middle))
        if len(groups) < LEAST:
            break
        name = _named(corner, groups, {one.name for one in found})
        found.append(Square(chr(ord("A") + len(found)), name, _region(corner, groups), corner, groups))
        sums = _apart(sums, corner)
    return found


def _span(places: list[Place]) -> float:
    return max(max(place[axis] for place in places) - min(place[axis] for place in places) for axis in (0, 1))


def _cell(place: Place) -> Cell:
    return int(place[0] // STEP), int(place[1] // STEP)


def _holds(corner: Place, place: Place) -> bool:
    return all(low <= value < low + SIDE for low, value in zip(corner, place, strict=True))


def _sums(counts: Counter[Cell]) -> Counter[Cell]:
    """The groups of every square that has any, by its south-west cell; `counts`: groups a cell."""
    cells = int(SIDE / STEP)
    columns: Counter[Cell] = Counter()
    for (x, y), count in counts.items():
        for up in range(cells):
            columns[x, y - up] += count
    sums: Counter[Cell] = Counter()
    for (x, y), count in columns.items():
        for right in range(cells):
            sums[x - right, y] += count
    return sums


def _densest(sums: Counter[Cell]) -> Place:
    """The corner of the square with most groups; of several, the one nearest their middle."""
    most = max(sums.values())
    best = sorted(cell for cell, count in sums.items() if count == most)
    x, y = (sum(cell[axis] for cell in best) / len(best) for axis in (0, 1))
    near = min(best, key=lambda cell: ((cell[0] - x) ** 2 + (cell[1] - y) ** 2, cell))
    return near[0] * STEP, near[1] * STEP


def _apart(sums: Counter[Cell], corner: Place) -> Counter[Cell]:
    """Without the squares that overlap the one at the corner; those left hold none of its groups."""
    cells, (x, y) = int(SIDE / STEP), _cell(corner)
    return Counter(
        {cell: count for cell, count in sums.items() if abs(cell[0] - x) >= cells or abs(cell[1] - y) >= cells}
    )


def _named(corner: Place, groups: tuple[Group, ...], used: set[str]) -> str:
    names = _most(corner, groups, "authorities")
    free = (name for name in (*names, *(f"More of {name}" for name in names)) if name not in used)
    return next(free, UNNAMED)


def _region(corner: Place, groups: tuple[Group, ...]) -> str:
    return next(iter(_most(corner, groups, "regions")), "")


def _most(corner: Place, groups: tuple[Group, ...], what: Literal["authorities", "regions"]) -> list[str]:
    """What the schools in the square are of, the most frequent first."""
    counts = Counter(
        name
        for group in groups
        for place, name in zip(group.places, getattr(group, what), strict=False)
        if name and place is not None and _holds(corner, place)
    )
    return sorted(counts, key=lambda name: (-counts[name], name))
