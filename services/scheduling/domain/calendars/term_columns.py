"""Which column of a term table says what: the title, the first and the last day, a half-term, hours, what is cancelled.

Authorities and calendar programs name them in many ways (`Term starts`, `Opening date`, `Start Date` beside `Start
Time`), so a heading goes by its words. What is in none of these columns is not read, and is told.
"""

import re
from collections.abc import Sequence

from shared.tables.cells import tidy

__all__ = ["TERM_ITSELF", "places_in", "words_of"]

_TITLES = (
    "term", "name", "title", "event", "subject", "summary", "description", "what", "holiday", "holidays", "occasion",
    "term or holiday", "term holiday", "period",
)  # fmt: skip
_DAYS = {
    "first": ("first day", "first", "start", "start date", "starts", "begins", "from", "opens", "date", "dates", "day"),
    "last": ("last day", "last", "end", "end date", "ends", "finishes", "to", "until", "closes"),
}
_BY_WORDS = {
    "first": re.compile(r"\b(first|start(s|ing)?|begin(s|ning)?|from|open(s|ing)?|(re)?opens|commences?)\b"),
    "last": re.compile(r"\b(last|end(s|ing)?|finish(es)?|to|until|till|clos(e|es|ing))\b"),
}
_HALF = re.compile(r"\b(half|mid) ?terms?\b")
_NO_DAY = re.compile(r"\b(time|times|hours?|notes?|number|no)\b")
_HOURS = {"begins at": ("start time", "time from"), "ends at": ("end time", "time to")}
_OTHERS = {"all day": ("all day event", "all day"), "status": ("status",)}
TERM_ITSELF = "term"
"""A heading under which a bare `Autumn` is the term."""


def words_of(cell: str) -> str:
    """The words of a heading in small letters."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", tidy(cell).casefold()).split())


def places_in(cells: Sequence[str]) -> dict[str, int]:
    """The places of the columns by what they hold; without a title and a first day it is no row of headings.

    Raises ValueError where two columns say the same, as where years stand side by side.
    """
    words = [words_of(cell) for cell in cells]
    named = [words.index(name) for name in (*_TITLES, "half term") if name in words]
    title = 0 if words[:1] == [""] and (not named or words[named[0]] == "half term") else next(iter(named), None)
    if title is None:
        return {}
    found = {"title": title}
    for what, names in (*_HOURS.items(), *_OTHERS.items()):
        at = next((words.index(name) for name in names if name in words), None)
        found |= {} if at is None else {what: at}
    left = {at: said for at, said in enumerate(words) if said and at not in found.values()}
    halves = {at: said for at, said in left.items() if _HALF.search(said)}
    found |= _half_term(halves)
    rest = {at: said for at, said in left.items() if at not in halves and not _NO_DAY.search(said)}
    for what in ("first", "last"):
        at = _place(what, rest, cells)
        if at is not None:
            found[what] = at
            rest.pop(at)
    return found if "first" in found else {}


def _place(what: str, rest: dict[int, str], cells: Sequence[str]) -> int | None:
    for name in _DAYS[what]:
        found = [at for at, said in rest.items() if said == name]
        if found:
            return _only(found, cells)
    found = [at for at, said in rest.items() if _BY_WORDS[what].search(said)]
    return _only(found, cells) if found else None


def _only(found: Sequence[int], cells: Sequence[str]) -> int:
    if len(found) > 1:
        named = " and ".join(f"'{tidy(cells[at])[:40]}'" for at in found[:2])
        raise ValueError(f"its columns {named} say the same; keep one of each, one year below the other")
    return found[0]


def _half_term(halves: dict[int, str]) -> dict[str, int]:
    """The columns that give the half-term within a term: a range, or its first and its last day."""
    found: dict[str, int] = {}
    for at, said in halves.items():
        ends = _BY_WORDS["last"].search(said) is not None
        begins = _BY_WORDS["first"].search(said) is not None
        found.setdefault("half last" if ends and not begins else "half first", at)
    return found
