"""Small drawings as SVG text: the map, the histogram. Sizes are in user units; the page scales them.

A map of thousands of groups stays small because groups of one colour are one path in whole units with relative steps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from html import escape
from itertools import pairwise

from kindred.atlas.cohort import Cohort, Group, Place

WIDE = 1000
LEAST = 0.02
"""Of the width: the room left around the outermost schools."""
CLASSES = (0.3, 0.5, 0.7, 0.9)
"""Where the next class of a group's mean coverage begins."""
NAMED = 120
"""Up to so many groups are drawn one by one, with their names to hover over and their numbers."""
LAYERS = 16
"""Of many groups: how finely they are sorted by extent."""
BINS = 20


def kind(group: Group) -> int:
    """The class of a group's mean coverage, 0 (least) to 4."""
    return bisect_right(CLASSES, sum(group.coverage) / max(len(group.coverage), 1))


def kinds() -> list[str]:
    """The classes in words, the least first."""
    edges = (0.0, *CLASSES, 1.0)
    return [f"{low * 100:.0f} to {high * 100:.0f} %" for low, high in pairwise(edges)]


class Scale:
    """From metres east and north to whole user units, north upwards, everything just inside."""

    def __init__(self, places: Iterable[Place]) -> None:
        known = list(places) or [(0.0, 0.0)]
        east, north = [x for x, _ in known], [y for _, y in known]
        self._left, self._top = min(east), max(north)
        span = max(max(east) - self._left, (self._top - min(north)) / 1.4, 1.0)
        self._unit = span / (WIDE * (1 - 2 * LEAST))
        self._edge = WIDE * LEAST
        self.wide = round((max(east) - self._left) / self._unit + 2 * self._edge)
        self.high = round((self._top - min(north)) / self._unit + 2 * self._edge)

    def __call__(self, place: Place) -> tuple[int, int]:
        """The point of a place, in tenths of a unit."""
        x = (place[0] - self._left) / self._unit + self._edge
        y = (self._top - place[1]) / self._unit + self._edge
        return round(10 * x), round(10 * y)


def outline(points: list[tuple[int, int]]) -> str:
    """A closed path around the points' middle, so that its sides do not cross."""
    middle_x, middle_y = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    ordered = sorted(points, key=lambda point: (_turn(point[0] - middle_x, point[1] - middle_y), point))
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(ordered)]
    return f"M{ordered[0][0]} {ordered[0][1]}" + "".join(f"l{x} {y}" for x, y in steps) + "z"


def _turn(x: float, y: float) -> float:
    """Grows with the angle, 0..4, without trigonometry."""
    total = abs(x) + abs(y)
    if total == 0:
        return 0.0
    turn = y / total
    return 2 - turn if x < 0 else turn if y >= 0 else 4 + turn


def map_of(cohort: Cohort) -> str:
    """The groups as shapes between their schools, coloured by how well they are covered; crosses for who waits."""
    shown = [(group, [place for place in group.places if place is not None]) for group in cohort.groups]
    waiting = [one.place for one in cohort.waiting if one.place is not None]
    scale = Scale([*(place for _, places in shown for place in places), *waiting])
    paths = [(group, outline([scale(place) for place in places])) for group, places in shown if places]
    dots = "".join(f"M{x} {y}h0" for _, places in shown for x, y in map(scale, places))
    crosses = "".join(f"M{x - 40} {y - 40}l80 80m-80 0l80-80" for x, y in map(scale, waiting))
    drawn, few, numbers = _by_kind(paths), "", ""
    if len(paths) <= NAMED:
        drawn, few = _one_by_one(paths), " few"
        numbers = "".join(_number(group, [scale(place) for place in places]) for group, places in shown if places)
    box = f"0 0 {10 * scale.wide} {10 * scale.high}"
    return (
        f'<svg class="map{few}" viewBox="{box}" role="img" aria-labelledby="map-title">'
        f'<title id="map-title">Map of {len(paths)} groups and {len(waiting)} waiting schools</title>'
        f'{drawn}<path class="dots" d="{dots}"/><path class="crosses" d="{crosses}"/>{numbers}</svg>'
    )


def _by_kind(paths: list[tuple[Group, str]]) -> str:
    """A path a class in each of some layers: the widest groups lie lowest, so that none hides a smaller one."""
    ordered = sorted(paths, key=lambda one: -_extent(one[0]))
    size = max(-(-len(ordered) // LAYERS), 1)
    layers = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    return "".join(
        f'<path class="k{nth}" d="{d}"/>'
        for layer in layers
        for nth in range(len(CLASSES) + 1)
        if (d := "".join(path for group, path in layer if kind(group) == nth))
    )


def _extent(group: Group) -> float:
    known = [place for place in group.places if place is not None]
    return max((abs(a[0] - b[0]) + abs(a[1] - b[1]) for a in known for b in known), default=0.0)


def _one_by_one(paths: list[tuple[Group, str]]) -> str:
    drawn = []
    for group, path in paths:
        names = escape(", ".join(group.names))
        drawn.append(f'<path class="k{kind(group)}" d="{path}"><title>Group {group.number}: {names}</title></path>')
    return "".join(drawn)


def _number(group: Group, points: list[tuple[int, int]]) -> str:
    x, y = sum(x for x, _ in points) // len(points), sum(y for _, y in points) // len(points)
    return f'<text x="{x}" y="{y + 90}">{group.number}</text>'


def histogram(values: list[float], marks: list[tuple[str, float]]) -> str:
    """How many schools have how much of their needs covered; `marks`: named values shown as lines."""
    wide, high, foot, head = 1000, 400, 46, 40 * len(marks) + 8
    counts = [0] * BINS
    for value in values:
        counts[min(int(value * BINS), BINS - 1)] += 1
    most, bar = max(counts, default=0) or 1, wide / BINS
    parts = []
    for nth, count in enumerate(counts):
        tall = (high - foot - head - 24) * count / most
        x, y = nth * bar, high - foot - tall
        parts.append(f'<rect x="{x + 2:.0f}" y="{y:.1f}" width="{bar - 4:.0f}" height="{tall:.1f}"/>')
        if count:
            parts.append(f'<text x="{x + bar / 2:.0f}" y="{y - 6:.0f}" class="count">{count}</text>')
    parts += [
        f'<text x="{wide * tick / 100:.0f}" y="{high - 14}" class="tick t{tick}">{tick} %</text>'
        for tick in (0, 25, 50, 75, 100)
    ]
    parts += [_mark(name, value, wide, (head - 40 * (nth + 1), high - foot)) for nth, (name, value) in enumerate(marks)]
    said = ", ".join(f"{name} {value * 100:.0f} %" for name, value in marks)
    return (
        f'<svg class="histogram" viewBox="0 0 {wide} {high}" role="img" aria-label="Coverage of needs: {said}">'
        f"{''.join(parts)}</svg>"
    )


def _mark(name: str, value: float, wide: int, span: tuple[int, int]) -> str:
    x, side = wide * value, "end" if value > 0.5 else "start"
    at = x - 8 if value > 0.5 else x + 8
    return (
        f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{span[0]}" y2="{span[1]}"/>'
        f'<text x="{at:.0f}" y="{span[0] + 28}" text-anchor="{side}">{name} {value * 100:.0f} %</text>'
    )
