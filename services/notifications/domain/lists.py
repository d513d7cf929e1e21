"""Bounds that keep every mail under 100 kB: it lists the first twenty items, each of limited length."""

from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")
MOST_LISTED: Final = 20
LONGEST_LINE: Final = 400
LONGEST_TEXT: Final = 2000
LONGEST_LETTER: Final = 12_000
"""Characters of all that a mail quotes together: it stands in it twice, as text and as a page."""


def first(items: Sequence[T]) -> tuple[tuple[T, ...], int]:
    """Return the items that are listed, and how many more there are."""
    return tuple(items[:MOST_LISTED]), max(0, len(items) - MOST_LISTED)


def within(texts: Sequence[str], longest: int) -> tuple[str, ...]:
    """Return texts of at most ``longest`` characters together; what is left out is marked."""
    found: list[str] = []
    for text in texts:
        found.append(cut(text, longest))
        longest -= len(found[-1])
        if longest < MOST_LISTED:
            break
    if len(found) < len(texts) and not found[-1].endswith("…"):
        found[-1] += " …"
    return tuple(found)


def cut(text: str, longest: int = LONGEST_LINE, instead: str = "…") -> str:
    """Return a text of at most ``longest`` characters; ``instead`` stands for what is left out."""
    return text if len(text) <= longest else text[: longest - len(instead) - 1].rstrip() + f" {instead}"
