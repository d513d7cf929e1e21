"""Bounds that keep every mail under 100 kB: it lists the first twenty items, each of limited length."""

from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")
MOST_LISTED: Final = 20
LONGEST_LINE: Final = 400
LONGEST_TEXT: Final = 2000


def first(items: Sequence[T]) -> tuple[tuple[T, ...], int]:
    """Return the items that are listed, and how many more there are."""
    return tuple(items[:MOST_LISTED]), max(0, len(items) - MOST_LISTED)


def cut(text: str, longest: int = LONGEST_LINE, instead: str = "…") -> str:
    """Return a text of at most ``longest`` characters; ``instead`` stands for what is left out."""
    return text if len(text) <= longest else text[: longest - len(instead) - 1].rstrip() + f" {instead}"
