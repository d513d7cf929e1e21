"""Room for words in a drawing: boxes of labels that keep clear of each other, and of what must stay visible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LETTER = 0.58
"""Of the font's size: a generous mean width of a character in a sans-serif font."""


@dataclass(frozen=True, slots=True)
class Box:
    """An area of a drawing, in user units; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether they overlap; touching is no overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )  # fmt: skip

    def within(self, other: Box) -> bool:
        """Whether all of it lies in the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def moved(self, x: float, y: float) -> Box:
        """The same box elsewhere."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


def width(text: str, size: float) -> float:
    """How wide the text is at most, at that font size."""
    return LETTER * size * len(text)


def beside(frame: Box, wide: float, high: float, whole: Box, taken: Iterable[Box]) -> Box:
    """Where a frame's label goes: above, below, to the right or left of it, where it is free; else inside its corner.

    Frames that do not overlap thus have labels that do not overlap, if the frames are in `taken`.
    """
    inside = Box(frame.left, frame.top, frame.left + wide, frame.top + high)
    tries = (
        inside.moved(0, -high),
        inside.moved(0, frame.bottom - frame.top),
        inside.moved(frame.right - frame.left, 0),
        inside.moved(-wide, 0),
    )
    others = list(taken)
    return next((box for box in tries if box.within(whole) and not any(map(box.meets, others))), inside)
