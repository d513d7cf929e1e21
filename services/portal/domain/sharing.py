"""A group as its schools read it: what each shares and learns, and a picture of who shares with whom.

The picture is drawn in units of a 320 wide canvas, so that it can be read on a small phone.
"""

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.portal.domain import words
from shared.commands.sharing import Shared

WIDTH, MARGIN = 320.0, 6.0
MOST = 4
"""Schools in a picture."""
BOX, LINE, PAD = 128.0, 16.0, 8.0
"""A school's box: its width, the height of a line of its name, and the room around it."""
LETTERS, LINES = 16, 3
"""Of a name in its box: letters a line, and lines."""
APART, GAP = 8.0, 5.0
"""Between the arrows of two schools that share with each other; between an arrow and a box."""


@dataclass(frozen=True)
class Box:
    """A school in the picture: its middle, size, and name in lines, each with its baseline."""

    school_id: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[float, str], ...]

    @property
    def left(self) -> float:
        """The left edge."""
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y - self.height / 2


@dataclass(frozen=True)
class Arrow:
    """From the school that shares to the one that learns."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Picture:
    """A group drawn. `words`: the same for whoever does not see it."""

    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    words: str


@dataclass(frozen=True)
class SchoolPart:
    """One school's part in its group: topics, each with the names of the others; and topics that nobody takes up."""

    learns: tuple[tuple[str, tuple[str, ...]], ...]
    shares: tuple[tuple[str, tuple[str, ...]], ...]
    wants_too: tuple[str, ...]
    has_too: tuple[str, ...]


def part_of(
    school_id: str, topics: tuple[Sequence[str], Sequence[str]], shared: Sequence[Shared], names: Mapping[str, str]
) -> SchoolPart:
    """Return one school's part. `topics`: keys of what it has to share and of what it wants to learn."""
    has, wants = topics
    learns = [
        (one.topic, one.title, names.get(one.from_school, "")) for one in shared if school_id in one.to_schools
    ]  # fmt: skip
    shares = [one for one in shared if one.from_school == school_id]
    by_topic = {topic: title for topic, title, _ in learns}
    return SchoolPart(
        tuple((by_topic[key], tuple(name for one, _, name in learns if one == key)) for key in by_topic),
        tuple((one.title, tuple(names.get(to, "") for to in one.to_schools)) for one in shares),
        tuple(key for key in wants if key not in by_topic),
        tuple(key for key in has if key not in {one.topic for one in shares}),
    )


def picture(school_ids: Sequence[str], names: Mapping[str, str], shared: Sequence[Shared]) -> Picture | None:
    """Draw who shares with whom; None where nobody does, and for more schools than arrows can be told apart."""
    ways = list(dict.fromkeys((one.from_school, to) for one in shared for to in one.to_schools))
    ways = [(a, b) for a, b in ways if a in school_ids and b in school_ids]
    if not ways or not 2 <= len(school_ids) <= MOST:
        return None
    boxes = {box.school_id: box for box in _boxes(school_ids, names)}
    said = "; ".join(
        f"{names.get(one, '')} shares with {words.listed([names.get(b, '') for a, b in ways if a == one])}"
        for one in school_ids
        if any(a == one for a, _ in ways)
    )
    height = max(box.top + box.height for box in boxes.values()) + MARGIN
    arrows = tuple(_arrow(boxes[a], boxes[b], both=(b, a) in ways) for a, b in ways)
    return Picture(round(height, 1), tuple(boxes.values()), arrows, f"{said}.")


def _boxes(school_ids: Sequence[str], names: Mapping[str, str]) -> list[Box]:
    """Two in a row, so that every pair has a free way between them; an odd last one stands in the middle."""
    full = LINES * LINE + 2 * PAD
    found = []
    for at, school_id in enumerate(school_ids):
        row, column = divmod(at, 2)
        alone = at == len(school_ids) - 1 and len(school_ids) % 2 == 1
        x = WIDTH / 2 if alone else (MARGIN + BOX / 2 if column == 0 else WIDTH - MARGIN - BOX / 2)
        y = MARGIN + full / 2 + row * (full + 56)
        lines = textwrap.wrap(names.get(school_id, ""), LETTERS, max_lines=LINES, placeholder=" …") or [""]
        first = y - (len(lines) - 1) * LINE / 2 + 5
        named = tuple((round(first + n * LINE, 1), line) for n, line in enumerate(lines))
        found.append(Box(school_id, x, round(y, 1), BOX, full, named))
    return found


def _arrow(a: Box, b: Box, *, both: bool) -> Arrow:
    dx, dy = b.x - a.x, b.y - a.y
    far = math.hypot(dx, dy)
    aside = APART if both else 0.0
    ox, oy = -dy / far * aside, dx / far * aside
    x1, y1 = _edge(a, dx, dy, ox, oy)
    x2, y2 = _edge(b, -dx, -dy, ox, oy)
    return Arrow(*(round(one, 1) for one in (x1, y1, x2, y2)))


def _edge(box: Box, dx: float, dy: float, ox: float, oy: float) -> tuple[float, float]:
    """Where the way from a box's middle, moved aside, leaves it, and a little on."""
    half_w, half_h = box.width / 2, box.height / 2
    across = (half_w - math.copysign(1, dx) * ox) / abs(dx) if dx else math.inf
    down = (half_h - math.copysign(1, dy) * oy) / abs(dy) if dy else math.inf
    share = min(across, down) + GAP / math.hypot(dx, dy)
    return box.x + ox + dx * share, box.y + oy + dy * share
