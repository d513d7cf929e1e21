"""Crowded squares of the map drawn again, enlarged, each with its caption."""

from __future__ import annotations

from collections import defaultdict
from html import escape

from kindred.atlas.cohort import Cohort, Place
from kindred.atlas.crowded import SIDE, Square
from kindred.atlas.drawing import NAMED, Point, numbers, said
from kindred.atlas.marks import cross, kind, mark

ACROSS = 5000
"""Tenths of a unit, as on the map."""
LARGE, SMALL, ROOM = 62, 40, 20_000
"""Half the width of a mark: at most, at least, and what it shrinks from as more groups share the square."""

DIGITS = 240
"""Font size of a group's number."""


def insets(cohort: Cohort, squares: list[Square]) -> str:
    """The enlarged squares, or nothing where there are none."""
    figures = "".join(_figure(square, cohort) for square in squares)
    return f'<div class="insets">{figures}</div>' if squares else ""


def _figure(square: Square, cohort: Cohort) -> str:
    """Each group as lines from its middle to its schools; marks lie on top, the least covered uppermost."""

    def point(place: Place) -> Point:
        east, north = (value - low for value, low in zip(place, square.corner, strict=True))
        return round(ACROSS * east / SIDE), round(ACROSS * (SIDE - north) / SIDE)

    lines: dict[int, str] = defaultdict(str)
    marks, middles, dots, size = [], [], "", max(min(ROOM // len(square.groups), LARGE), SMALL)
    for group in sorted(square.groups, key=lambda one: -one.covered):
        middle = point(group.middle or square.corner)
        schools = [point(place) for place in group.known]
        lines[kind(group)] += "".join(f"M{middle[0]} {middle[1]}L{x} {y}" for x, y in schools)
        middles.append((group, middle))
        dots += "".join(f"M{x} {y}h0" for x, y in schools)
        marks.append(f'<path class="mark k{kind(group)}" d="{mark(kind(group), middle, size)}">{said(group)}</path>')
    waiting = [one.place for one in cohort.waiting if one.place is not None and square.holds(one.place)]
    crosses = "".join(cross(point(place), 90) for place in waiting)
    drawn = "".join(f'<path class="spokes k{nth}" d="{d}"/>' for nth, d in sorted(lines.items(), reverse=True))
    few = sum(bool(group.known) for group in cohort.groups) <= NAMED
    numbered = numbers(middles, size + 30, DIGITS, (ACROSS, ACROSS)) if few else ""
    name, letter = f"{escape(square.name)} and around", square.letter
    return (
        f'<figure><svg class="map inset" viewBox="0 0 {ACROSS} {ACROSS}" role="img" '
        f'aria-labelledby="inset-{letter}" aria-describedby="inset-said-{letter}">'
        f'<title id="inset-{letter}">Map {letter}: {name}</title>'
        f'<desc id="inset-said-{letter}">Groups at their middles, with lines to their schools.</desc>'
        f'{drawn}<path class="dots" d="{dots}"/>{"".join(marks)}<path class="crosses" d="{crosses}"/>{numbered}</svg>'
        f"<figcaption><b>{letter}</b> {name}{_caption(square, len(waiting))}</figcaption></figure>"
    )


def _caption(square: Square, waiting: int) -> str:
    """Region, groups, mean coverage and who waits."""
    region = f" ({escape(square.region)})" if square.region and square.region != square.name else ""
    mean = 100 * sum(group.covered for group in square.groups) / len(square.groups)
    waits = f", {waiting:,} waiting" if waiting else ""
    return f"{region}: {len(square.groups):,} groups, {mean:.0f}&nbsp;% covered on average{waits}"
