"""Groups on a map and as a picture of who gives what to whom, worked out for a template to draw.

Sizes are in units of the drawing: a map is 1000 wide, a picture 600 by 420.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin

from shared.commands.matching import GroupReasons, GroupRow, WaitingRow
from shared.commands.sharing import GroupSharing

Place = tuple[float, float]
WIDE, ROOM = 1000, 60
LEAST_METRES = 2_000
"""A map shows no less than this, however near the schools are."""
COLOURS = 6
NUMBER = (46, 34)
"""Room for the number of a group: width, height."""
ASIDE = ((0, 0), *((x * 23, y * 17) for far in (2, 4, 6) for x, y in ((0, -far), (far, 0), (0, far), (-far, 0))))
"""Where a number may stand instead, the nearest first."""
PICTURE = (600, 420)
RADIUS, NODE = 150, 34


@dataclass(frozen=True)
class Dot:
    """A school on the map; `urn` names it."""

    x: int
    y: int
    name: str
    urn: int


@dataclass(frozen=True)
class Star:
    """A group on the map: its middle, and its schools."""

    number: int
    x: int
    y: int
    dots: tuple[Dot, ...]
    colour: int


@dataclass(frozen=True)
class Map:
    """All that is drawn. `waiting`: schools without a group; `unplaced`: how many have no known place."""

    width: int
    height: int
    stars: tuple[Star, ...]
    waiting: tuple[Dot, ...]
    unplaced: int
    km: float


@dataclass(frozen=True)
class Node:
    """A school in the picture; `weakest`: covered least."""

    x: int
    y: int
    number: int
    name: str
    weakest: bool


@dataclass(frozen=True)
class Arrow:
    """What one school gives another; from the edge of one to the edge of the other, bent aside."""

    path: str
    giver: str
    receiver: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A group as a ring of schools with arrows between them."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    farthest_km: float | None


def drawn(groups: Sequence[GroupRow], waiting: Sequence[WaitingRow]) -> Map | None:
    """The map of these groups and of who waits; None where no place is known."""
    placed = [place for group in groups for place in group.places if place]
    alone = [one for one in waiting if one.place]
    everywhere = [*placed, *(one.place for one in alone if one.place)]
    if not everywhere:
        return None
    west, south = (min(place[axis] for place in everywhere) for axis in (0, 1))
    east, north = (max(place[axis] for place in everywhere) for axis in (0, 1))
    metres = max(east - west, north - south, LEAST_METRES)
    scale = (WIDE - 2 * ROOM) / metres

    def at(place: Place) -> tuple[int, int]:
        return round(ROOM + (place[0] - west) * scale), round(ROOM + (north - place[1]) * scale)

    stars = [_star(group, at) for group in groups if any(group.places)]
    dots = tuple(Dot(*at(one.place), one.name, one.urn) for one in alone if one.place)
    unplaced = sum(not place for group in groups for place in group.places) + len(waiting) - len(alone)
    width, height = round((east - west) * scale) + 2 * ROOM, round((north - south) * scale) + 2 * ROOM
    whole = max(width, 300), max(height, 300)
    return Map(*whole, _apart(stars, whole), dots, unplaced, metres / 1000)


def _apart(stars: Iterable[Star], whole: tuple[int, int]) -> tuple[Star, ...]:
    """The same, their middles moved aside where the number of one would cover another's."""
    placed: list[Star] = []
    for star in stars:
        spots = [(star.x + x, star.y + y) for x, y in ASIDE]
        inside = [
            (x, y) for x, y in spots if NUMBER[0] < x < whole[0] - NUMBER[0] and NUMBER[1] < y < whole[1] - NUMBER[1]
        ]
        free = (one for one in inside if not any(_covers(one, other) for other in placed))
        x, y = next(free, (star.x, star.y))
        placed.append(replace(star, x=x, y=y))
    return tuple(placed)


def _covers(spot: tuple[int, int], other: Star) -> bool:
    return abs(spot[0] - other.x) < NUMBER[0] and abs(spot[1] - other.y) < NUMBER[1]


def _star(group: GroupRow, at: Callable[[Place], tuple[int, int]]) -> Star:
    known = [
        (place, name, urn) for place, name, urn in zip(group.places, group.names, group.urns, strict=False) if place
    ]
    dots = tuple(Dot(*at(place), name, urn) for place, name, urn in known)
    middle = (round(sum(dot.x for dot in dots) / len(dots)), round(sum(dot.y for dot in dots) / len(dots)))
    return Star(group.number, *middle, dots, group.number % COLOURS)


def farthest(places: Sequence[Place | None]) -> float | None:
    """Kilometres between the two farthest schools, as the crow flies; None where places are not known."""
    known = [place for place in places if place]
    ways = [hypot(a[0] - b[0], a[1] - b[1]) / 1000 for at, b in enumerate(known) for a in known[:at]]
    return max(ways, default=None)


def picture(why: GroupReasons, sharing: GroupSharing) -> Picture:
    """The group as a ring, the first school at the top; arrows for what is shared."""
    total = max(1, len(why.schools))
    least = min((one.coverage for one in why.schools), default=0.0)
    spots: dict[str, tuple[float, float]] = {}
    nodes = []
    for at, one in enumerate(why.schools):
        angle = 2 * pi * at / total - pi / 2
        spots[one.school_id] = (PICTURE[0] / 2 + 1.5 * RADIUS * cos(angle), PICTURE[1] / 2 + RADIUS * sin(angle))
        x, y = spots[one.school_id]
        nodes.append(Node(round(x), round(y), at + 1, one.name, one.coverage == least))
    names = {one.school_id: one.name for one in why.schools}
    pairs: dict[tuple[str, str], list[str]] = {}
    for shared in sharing.shared:
        for taker in shared.to_schools:
            pairs.setdefault((shared.from_school, taker), []).append(shared.title)
    arrows = [
        Arrow(_bent(spots[giver], spots[receiver]), names[giver], names[receiver], tuple(topics))
        for (giver, receiver), topics in pairs.items()
        if giver in spots and receiver in spots
    ]
    return Picture(tuple(nodes), tuple(arrows), farthest(why.group.places))


def _bent(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve from edge to edge: to the right of its way, so that what goes back lies beside it."""
    (x, y), (to_x, to_y) = start, end
    way = hypot(to_x - x, to_y - y) or 1.0
    along, aside = ((to_x - x) / way, (to_y - y) / way), (-(to_y - y) / way, (to_x - x) / way)
    first = (x + along[0] * NODE + aside[0] * 10, y + along[1] * NODE + aside[1] * 10)
    last = (to_x - along[0] * (NODE + 8) + aside[0] * 10, to_y - along[1] * (NODE + 8) + aside[1] * 10)
    middle = ((first[0] + last[0]) / 2 + aside[0] * 22, (first[1] + last[1]) / 2 + aside[1] * 22)
    return f"M{first[0]:.0f} {first[1]:.0f}Q{middle[0]:.0f} {middle[1]:.0f} {last[0]:.0f} {last[1]:.0f}"
