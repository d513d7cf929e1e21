"""Which characters the shipped fonts can show.

`fonts/coverage.txt` holds a line for each font: its file's name, then ranges (first-last, hexadecimal); a test compares
it with the fonts' own tables. It is asked before setting, since the PDF/UA gate fails a whole report for one glyph that
no font has.
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"


class Coverage:
    """The characters of one font."""

    def __init__(self, ranges: list[str]) -> None:
        pairs = [part.partition("-") for part in ranges]
        self._starts = [int(first, 16) for first, _, _ in pairs]
        self._ends = [int(last or first, 16) for first, _, last in pairs]

    def __contains__(self, char: str) -> bool:
        place = bisect_right(self._starts, ord(char)) - 1
        return place >= 0 and ord(char) <= self._ends[place]


@cache
def fonts() -> dict[str, Coverage]:
    """The coverage of each font, by its file's name without the ending."""
    lines = (FONTS / "coverage.txt").read_text(encoding="ascii").splitlines()
    return {name: Coverage(ranges) for name, *ranges in map(str.split, lines)}


@cache
def covered(char: str) -> bool:
    """Whether some font has the character."""
    return any(char in font for font in fonts().values())


def covered_together(chars: Iterable[str]) -> bool:
    """Whether one font has all the characters: a letter and its marks cannot be set from two."""
    wanted = list(chars)
    return any(all(char in font for char in wanted) for font in fonts().values())
