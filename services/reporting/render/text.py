"""People's text made safe to set: nothing in it can fail a report, reorder a line or run off the page.

What is stored stays as it was written; only what is shown is changed. `clean` is for every format, `typeset` for PDF.
"""

import re
import unicodedata
from collections.abc import Iterator

from services.reporting.render.coverage import covered, covered_together

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LONGEST_WORD = 40
_BREAK = "\N{ZERO WIDTH SPACE}"
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_LONG = re.compile(rf"[^\s{_BREAK}]{{{LONGEST_WORD + 1},}}")
_LINES = {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n\n", "\t": " "}
_LATIN = re.compile(r"[^\n -~\u00a0-\u024f\u2013\u2014\u2018-\u201d\u2022\u2026\u20ac]")


def clean(text: str) -> str:
    """Drop control and direction characters and halves of pairs; line breaks become line feeds; compose (NFC)."""
    text = "".join(_LINES.get(char, char) for char in text.replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", "".join(filter(_visible, text)))


def _visible(char: str) -> bool:
    category = unicodedata.category(char)
    return char == "\n" or (char in _JOINERS if category == "Cf" else category not in {"Cc", "Cs"})


def typeset(text: str) -> str:
    """Clean, put a mark where no font has a glyph, and let long words break."""
    return _breakable("".join(map(_shown, _clusters(clean(text)))))


def latin(text: str) -> str:
    """The last resort, when a combination still has no glyph: European letters only, marks for the rest."""
    composed = "".join(char for char in clean(text) if not _belongs(char))
    return _breakable(_LATIN.sub("?", composed))


def _belongs(char: str) -> bool:
    """Whether the character belongs to the one before it."""
    return char in _JOINERS or unicodedata.category(char).startswith("M")


def _clusters(text: str) -> Iterator[str]:
    """A character with the marks and joiners that follow it, one after the other."""
    cluster = ""
    for char in text:
        if cluster and not _belongs(char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _shown(cluster: str) -> str:
    base = cluster[0]
    if cluster == "\n" or (len(cluster) == 1 and covered(base)):
        return cluster
    if not covered(base) or _belongs(base):
        return _missing(base)
    return cluster if covered_together(char for char in cluster if char not in _JOINERS) else base


def _missing(char: str) -> str:
    category = unicodedata.category(char)
    if category.startswith("Z"):
        return " "
    return "" if category.startswith("M") or category == "Cf" else REPLACEMENT


def _breakable(text: str) -> str:
    return _LONG.sub(lambda word: _BREAK.join(_pieces(word.group())), text)


def _pieces(word: str) -> Iterator[str]:
    """A long word in pieces, none beginning with a mark that belongs to the character before."""
    piece = ""
    for cluster in _clusters(word):
        if len(piece) >= LONGEST_WORD // 2 and piece[-1] not in _JOINERS:
            yield piece
            piece = ""
        piece += cluster
    yield piece


def paragraphs(text: str) -> list[list[str]]:
    """Paragraphs (parted by empty lines) of lines, empty ones left out."""
    parts = ([line.strip() for line in part.split("\n") if line.strip()] for part in re.split(r"\n[^\S\n]*\n", text))
    return [part for part in parts if part]
