"""The map as SVG text. Sizes are in tenths of a user unit, so that all numbers are whole; the page scales them.

A map of thousands of groups stays small because groups of one colour are one path with relative steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise

from kindred.atlas.cohort import Cohort, Group, Place
from kindred.atlas.crowded import SIDE, Square
from kindred.atlas.labels import Box, beside, width
from kindred.atlas.marks import CLASSES, cross, kind, mark

WIDE = 1000
LEAST = 0.02
"""Of the width: the room left around the outermost schools."""
NAMED = 120
"""Up to so many groups are drawn one by one, with their names to hover over and their numbers."""
LAYERS = 16
"""Of many groups: how finely they are sorted by extent."""
DIGITS = 340
"""Font size of a group's number at its largest (on a phone)."""
LABEL = (330, 440)
"""Width and height of a frame's letter with its ground, at its largest (on a phone)."""

Point = tuple[int, int]


class Scale:
    """From metres east and north to whole tenths of a unit, north upwards, everything just inside."""

    def __init__(self, places: Iterable[Place]) -> None:
        known = list(places) or [(0.0, 0.0)]
        east, north = [x for x, _ in known], [y for _, y in known]
        self._left, self._top = min(east), max(north)
        span = max(max(east) - self._left, (self._top - min(north)) / 1.4, 1.0)
        self._unit = span / (WIDE * (1 - 2 * LEAST))
        self._edge = WIDE * LEAST
        self.wide = round((max(east) - self._left) / self._unit + 2 * self._edge)
        self.high = round((self._top - min(north)) / self._unit + 2 * self._edge)

    def __call__(self, place: Place) -> Point:
        """The point of a place, in tenths of a unit."""
        x = (place[0] - self._left) / self._unit + self._edge
        y = (self._top - place[1]) / self._unit + self._edge
        return round(10 * x), round(10 * y)


def outline(points: list[Point]) -> str:
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


def said(group: Group) -> str:
    """What a group says when pointed at, as a `title`."""
    names = escape(", ".join(group.names))
    return f"<title>Group {group.number}, {group.covered * 100:.0f} % covered: {names}</title>"


def map_of(cohort: Cohort, framed: list[Square]) -> str:
    """The groups as shapes between their schools, marked by how well they are covered; crosses for who waits.

    `framed`: the squares that are drawn enlarged elsewhere, where their groups have their numbers.
    """
    shown = [(group, group.known) for group in cohort.groups if group.known]
    waiting = [one.place for one in cohort.waiting if one.place is not None]
    scale = Scale([*(place for _, places in shown for place in places), *waiting])
    paths = [(group, outline([scale(place) for place in places])) for group, places in shown]
    middles = [(group, scale(middle)) for group, _ in shown if (middle := group.middle)]
    few = len(paths) <= NAMED
    enlarged = {group.number for square in framed for group in square.groups}
    plain = [one for one in middles if one[0].number not in enlarged]
    numbered = numbers(plain, 130, DIGITS, (10 * scale.wide, 10 * scale.high)) if few else ""
    dots = "".join(f"M{x} {y}h0" for _, places in shown for x, y in map(scale, places))
    crosses = "".join(cross(scale(place), 110 if few else 60) for place in waiting)
    return (
        f'<svg class="map{" few" if few else ""}" viewBox="0 0 {10 * scale.wide} {10 * scale.high}" role="img" '
        'aria-labelledby="map-title" aria-describedby="map-said">'
        f'<title id="map-title">Map of {len(paths)} groups and {len(waiting)} waiting schools</title>'
        f'<desc id="map-said">{_described(framed)}</desc>'
        f"{_one_by_one(paths) if few else _by_kind(paths)}"
        f'<path class="dots" d="{dots}"/>{_marks(middles, 90 if few else 30)}<path class="crosses" d="{crosses}"/>'
        f"{numbered}{_frames(framed, scale)}</svg>"
    )


def _described(framed: list[Square]) -> str:
    frames = "; ".join(f"{one.letter} around {escape(one.name)}, {len(one.groups)} groups" for one in framed)
    enlarged = f"Frames are enlarged beside the map: {frames}. " if framed else ""
    return f"North is up. {enlarged}The table by region has the figures."


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
    known = group.known
    return max((abs(a[0] - b[0]) + abs(a[1] - b[1]) for a in known for b in known), default=0.0)


def _one_by_one(paths: list[tuple[Group, str]]) -> str:
    return "".join(f'<path class="k{kind(group)}" d="{path}">{said(group)}</path>' for group, path in paths)


def _marks(middles: list[tuple[Group, Point]], size: int) -> str:
    """A path a class; the least covered lie on top."""
    paths = [
        (nth, "".join(mark(nth, at, size) for group, at in middles if kind(group) == nth))
        for nth in reversed(range(len(CLASSES) + 1))
    ]
    return "".join(f'<path class="mark k{nth}" d="{d}"/>' for nth, d in paths if d)


def numbers(middles: list[tuple[Group, Point]], above: int, size: int, whole: Point) -> str:
    """So far above each middle its group's number, except where it would overlap one that stands already.

    `size`: of the font at its largest; `whole`: width and height of the drawing, which no number leaves.
    """
    boxes: list[Box] = []
    drawn = []
    for group, middle in middles:
        half = round(width(str(group.number), size) / 2)
        x, foot = min(max(middle[0], half), whole[0] - half), max(middle[1] - above, size)
        box = Box(x - half, foot - size, x + half, foot)
        if not any(map(box.meets, boxes)):
            boxes.append(box)
            drawn.append(f'<text x="{x}" y="{foot}">{group.number}</text>')
    return "".join(drawn)


def _frames(framed: list[Square], scale: Scale) -> str:
    """The squares with their letters outside them, where no other frame or letter is."""
    whole = Box(0, 0, 10 * scale.wide, 10 * scale.high)
    boxes = [_box(one, scale) for one in framed]
    labels: list[Box] = []
    for box in boxes:
        labels.append(beside(box, *LABEL, whole, [*(other for other in boxes if other is not box), *labels]))
    return "".join(
        f'<rect class="frame" x="{box.left}" y="{box.top}" width="{box.right - box.left}" '
        f'height="{box.bottom - box.top}"/>'
        f'<rect class="ground" x="{label.left}" y="{label.top}" width="{LABEL[0]}" height="{LABEL[1]}"/>'
        f'<text class="letter" x="{label.left + LABEL[0] // 2}" y="{label.top + 360}">{one.letter}</text>'
        for one, box, label in zip(framed, boxes, labels, strict=True)
    )


def _box(square: Square, scale: Scale) -> Box:
    west, south = square.corner
    (left, bottom), (right, top) = scale((west, south)), scale((west + SIDE, south + SIDE))
    return Box(left, top, right, bottom)
