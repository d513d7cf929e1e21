"""Headings: which line holds them, which column is which, and what of them was not understood.

Case, hyphens, brackets and everyday synonyms do not matter. A heading that is not known is listed with the nearest
known one; nothing is taken for another column by likeness alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from shared.tables.cells import is_blank, shown, tidy
from shared.tables.problems import NotThisFile
from shared.tables.sheets import column_letters

__all__ = ["ADDED", "FIRST_LINES", "Header", "Heading", "header_of", "header_row", "known_in"]

FIRST_LINES = 10
_MOST_LISTED = 5
ADDED = ("Row is", "What to put right")
"""Columns that we add to rows which are sent back; they come back with the file and are passed over."""
_SYNONYMS = {
    "unique reference number": "urn",
    "urn number": "urn",
    "school urn": "urn",
    "full name": "name",
    "telephone number": "phone",
    "phone number": "phone",
    "tel no": "phone",
    "tel": "phone",
    "e mail": "email",
    "email address": "email",
    "mail": "email",
    "head teacher": "headteacher",
    "head": "headteacher",
    "clerk to the governors": "clerk to governors",
    "clerk": "clerk to governors",
    "chair": "chair of governors",
    "chair of the governors": "chair of governors",
    "slt": "senior leader",
    "telephone": "phone",
}
_MEANT = {
    "unavailable": "dates not possible",
    "unavailability": "dates not possible",
    "closures": "dates not possible",
    "inset": "dates not possible",
    "avoid": "not with",
    "apart": "not with",
    "max": "farthest most",
    "maximum": "farthest most",
    "distance": "travel",
    "mobile": "phone",
    "tel": "phone",
    "contact": "name",
    "area": "regions",
    "capacity": "most visit days",
}
_NEAR = 0.65
_LONGEST_COMPARED = 100
_IN_MANY = frozenset({"school", "name", "of", "to", "not", "the", "1", "2", "3", "4"})
_UNIT_AT_END = re.compile(r"\s+(?:in\s+)?(?:km|kms|kilomet(?:er|re)s?|miles?|mi)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its name, whether the file must have it, a hint for whoever fills it in.

    `unit` reads the unit that the heading of a file names (see `units`); `person` says that its cells are names of
    people.
    """

    name: str
    required: bool = False
    hint: str = ""
    unit: Callable[[str], str] | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Where each known column stands, the unit that its heading names, and the headings that were not understood."""

    places: Mapping[str, int]
    units: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    unread_at: tuple[int, ...] = ()


def header_row(rows: Sequence[Sequence[str]], wanted: Iterable[Heading]) -> int | None:
    """Which of the first rows is the headings': the one with most of the columns asked for, or None."""
    wanted = list(wanted)
    counts = [known_in(row, wanted) for row in rows[:FIRST_LINES]]
    best = max(counts, default=0)
    return counts.index(best) if best else None


def known_in(row: Sequence[str], wanted: Iterable[Heading]) -> int:
    """How many of the columns asked for this row names."""
    keys = {key_of(heading.name) for heading in wanted}
    return len({_key_found(cell, keys) for cell in row} - {None})


def header_of(cells: Sequence[str], wanted: Iterable[Heading]) -> Header:
    """The columns of a header. Raises `NotThisFile` when two have one name or a required one is missing."""
    wanted = list(wanted)
    by_key = {key_of(heading.name): heading for heading in wanted}
    places: dict[str, int] = {}
    units: dict[str, str] = {}
    strange: list[tuple[int, str, str]] = []
    for at, cell in enumerate(cells):
        heading = by_key.get(_key_found(cell, by_key) or "")
        if heading is None:
            if not is_blank(cell) and tidy(cell).casefold() not in map(str.casefold, ADDED):
                strange.append((at, cell, ""))
            continue
        try:
            unit = heading.unit(cell) if heading.unit else ""
        except ValueError as error:
            strange.append((at, cell, str(error)))
            continue
        if heading.name in places:
            raise _twice(heading.name, places[heading.name], at)
        places[heading.name] = at
        units |= {heading.name: unit} if unit else {}
    left = [heading.name for heading in wanted if heading.name not in places]
    unread = tuple(_unread(at, cell, why, left or [heading.name for heading in wanted]) for at, cell, why in strange)
    _refuse_missing(wanted, places, unread)
    return Header(places, units, unread, tuple(at for at, _, _ in strange))


def key_of(text: str) -> str:
    """Two headings with one key mean the same column."""
    bare = re.sub(r"['\u2019]s?(?![a-z])", "", tidy(text).lower())
    key = " ".join(re.sub(r"\([^)]*\)|\[[^\]]*\]|[-_:*.?/]", " ", bare).split())
    for word, usual in _SYNONYMS.items():
        ends = r"(?![a-z])(?! (?:of|to) )" if word in {"chair", "clerk"} else r"(?![a-z])"
        key = re.sub(rf"(?<![a-z]){word}{ends}", usual, key)
    return key


def _key_found(text: str, keys: Iterable[str]) -> str | None:
    key = key_of(text)
    if key in keys:
        return key
    bare = _UNIT_AT_END.sub("", key)
    return bare if bare in keys else None


def _twice(name: str, first: int, second: int) -> NotThisFile:
    columns = f"{column_letters(first)} and {column_letters(second)}"
    return NotThisFile(f"Two columns ({columns}) have the heading '{name}'. Rename or delete one of them.")


def _refuse_missing(wanted: Sequence[Heading], places: Mapping[str, int], unread: Sequence[str]) -> None:
    required = [heading.name for heading in wanted if heading.required]
    missing = [name for name in required if name not in places]
    if missing and len(missing) == len(required):
        raise NotThisFile(
            f"The file has none of the columns asked for ({', '.join(missing[:4])}, ...) "
            f"in its first {FIRST_LINES} rows."
        )
    if missing:
        listed = f" Not understood: {'; '.join(unread[:_MOST_LISTED])}." if unread else ""
        raise NotThisFile(f"The file lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.{listed}")


def _unread(at: int, cell: str, why: str, candidates: Sequence[str]) -> str:
    near = _nearest(cell, candidates)
    reason = (
        f": {why}" if why else f"; the nearest known heading is '{near}'" if near else "; no known heading is like it"
    )
    return f"column {column_letters(at)}, {shown(tidy(cell), 60)}{reason}"


def _nearest(text: str, candidates: Sequence[str]) -> str:
    """The heading that is likely meant, '' where none is: a silly guess hides that the column is read by nobody."""
    meant = " ".join(_MEANT.get(word, word) for word in _words(text[:_LONGEST_COMPARED])).split()
    likeness = {name: SequenceMatcher(None, " ".join(meant), " ".join(_words(name))).ratio() for name in candidates}
    near = [
        name for name in candidates
        if likeness[name] >= _NEAR or (set(meant) & set(_words(name))) - _IN_MANY
    ]  # fmt: skip
    return max(near, key=likeness.__getitem__, default="")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
