"""How well needs are covered, as bars; named values stand as lines with labels that never overlap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations, product

from kindred.atlas.labels import Box, width

BINS = 20
WIDE, CHART, FOOT = 1000, 330, 50
"""Of the whole, of the bars with their counts, of the scale below them; in user units."""
SIZE = 36
"""The largest font of a label: on a phone, where a thousand units are 360 pixels. Elsewhere it is smaller."""
LANE = 46
GAP = 8
"""Between a line and the label beside it."""

Mark = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Label:
    """Words about the value at `x`; they begin (or end, `leftwards`) beside its line, `lane` lanes above the bars."""

    text: str
    x: float
    leftwards: bool
    lane: int

    @property
    def anchor(self) -> float:
        """Where the text begins or, leftwards, ends: beside the line, or as far off as it takes to stay inside."""
        wide = width(self.text, SIZE)
        return max(self.x - GAP, wide) if self.leftwards else min(self.x + GAP, WIDE - wide)

    @property
    def box(self) -> Box:
        """The room of the text; lane 0 lies on y = 0, higher lanes above it."""
        wide, top = width(self.text, SIZE), -LANE * (self.lane + 1)
        left = self.anchor - wide if self.leftwards else self.anchor
        return Box(left, top, left + wide, top + LANE)

    def crossed_by(self, other: Label) -> bool:
        """Whether the other's line, which rises to its own label, runs through this text."""
        box = self.box
        return other.lane > self.lane and box.left < other.x < box.right


def labels(marks: list[Mark]) -> list[Label]:
    """A label a value: values that read the same share one, the others are staggered, few of them crossed by a line.

    Every arrangement is looked at; with five different values that is a few thousand.
    """
    merged: dict[str, list[Mark]] = {}
    for name, value in sorted(marks, key=lambda mark: mark[1]):
        merged.setdefault(f"{value * 100:.0f} %", []).append((name, value))
    texts = [f"{', '.join(name for name, _ in same)} {shown}" for shown, same in merged.items()]
    places = [WIDE * sum(value for _, value in same) / len(same) for same in merged.values()]
    found = (
        [Label(text, x, side, lane) for text, x, side, lane in zip(texts, places, sides, lanes, strict=True)]
        for sides in product((False, True), repeat=len(texts))
        for lanes in permutations(range(len(texts)))
    )
    return min(found, key=lambda one: sum(a.crossed_by(b) for a in one for b in one if a is not b))


def histogram(values: list[float], marks: list[Mark]) -> str:
    """How many schools have how much of their needs covered; `marks`: named values shown as lines."""
    counts = [0] * BINS
    for value in values:
        counts[min(int(value * BINS), BINS - 1)] += 1
    placed = labels(marks)
    head = LANE * len(placed)
    floor = head + CHART
    said = ", ".join(f"{name} {value * 100:.0f} %" for name, value in marks)
    return (
        f'<svg class="histogram" viewBox="0 0 {WIDE} {floor + FOOT}" role="img" '
        'aria-labelledby="coverage-title" aria-describedby="coverage-said">'
        f'<title id="coverage-title">Coverage of needs: {said}</title>'
        f'<desc id="coverage-said">{_said(counts)}</desc>{_bars(counts, floor)}'
        f"{''.join(_line(label, head, floor) for label in placed)}{_counts(counts, floor)}{_scale(floor)}"
        f"{''.join(_text(label, head) for label in placed)}</svg>"
    )


def _said(counts: list[int]) -> str:
    """The bars in words; empty ones are left out."""
    step = 100 // BINS
    return "; ".join(f"{step * nth} to {step * (nth + 1)} %: {count:,}" for nth, count in enumerate(counts) if count)


def _tops(counts: list[int]) -> list[tuple[float, float]]:
    """Where each bar begins and how high it is; the highest leaves room for its count."""
    most = max(counts, default=0) or 1
    return [(WIDE / BINS * nth, (CHART - 30) * count / most) for nth, count in enumerate(counts)]


def _bars(counts: list[int], floor: int) -> str:
    return "".join(
        f'<rect x="{x + 2:.0f}" y="{floor - tall:.1f}" width="{WIDE / BINS - 4:.0f}" height="{tall:.1f}"/>'
        for x, tall in _tops(counts)
    )


def _counts(counts: list[int], floor: int) -> str:
    return "".join(
        f'<text x="{x + WIDE / BINS / 2:.0f}" y="{floor - tall - 6:.0f}" class="count">{count}</text>'
        for count, (x, tall) in zip(counts, _tops(counts), strict=True)
        if count
    )


def _scale(floor: int) -> str:
    return "".join(
        f'<text x="{WIDE * tick // 100}" y="{floor + 38}" class="tick t{tick}">{tick} %</text>'
        for tick in (0, 25, 50, 75, 100)
    )


def _line(label: Label, head: int, floor: int) -> str:
    """From the foot up to beside its text or, where the text stands over it, to below it."""
    box = label.box.moved(0, head)
    top = box.bottom if box.left < label.x < box.right else box.top + GAP
    return f'<line x1="{label.x:.0f}" x2="{label.x:.0f}" y1="{top:.0f}" y2="{floor}"/>'


def _text(label: Label, head: int) -> str:
    side = "end" if label.leftwards else "start"
    return (
        f'<text x="{label.anchor:.0f}" y="{head + label.box.top + SIZE:.0f}" text-anchor="{side}">{label.text}</text>'
    )
