"""First and last days of breaks: which belong together, and whether a half-term that begins is one of school.

`Half term begins` and `half term ends` stand for a week without school, or for the seven weeks of it. How far they lie
apart says which.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from services.scheduling.domain.calendars.titles import Entry, Kind, kind_of

__all__ = ["alone", "breaks_of", "kinds_of"]

_LONGEST_HALF_TERM, _LONGEST_BREAK = 23, 60
"""Days without school: of a half-term, of the summer."""
_MARKS = frozenset({Kind.BREAK_BEGINS, Kind.BREAK_ENDS})
_OF_SCHOOL = {Kind.BREAK_BEGINS: Kind.FIRST, Kind.BREAK_ENDS: Kind.LAST}


def kinds_of(entries: Sequence[Entry]) -> list[Kind]:
    """What each entry says, those beside it known."""
    kinds = [kind_of(entry) for entry in entries]
    for begins, ends in _pairs(kinds, entries):
        days = (entries[ends].first - entries[begins].first).days
        if days > _LONGEST_HALF_TERM and all(_half(entries[at]) for at in (begins, ends)):
            for at in (begins, ends):
                kinds[at] = _OF_SCHOOL[kinds[at]]
    return kinds


def breaks_of(kinds: Iterable[tuple[Kind, Entry]]) -> tuple[list[tuple[dt.date, dt.date]], tuple[str, ...]]:
    """The spans between the first and the last days of breaks; what stands alone is a day of its own, and doubtful."""
    marks = sorted(((kind, entry) for kind, entry in kinds if kind in _MARKS), key=lambda each: each[1].first)
    told, entries = [kind for kind, _ in marks], [entry for _, entry in marks]
    pairs = [pair for pair in _pairs(told, entries) if _fits(*(entries[at] for at in pair))]
    left = [at for at in range(len(entries)) if not any(at in pair for pair in pairs)]
    spans = [(entries[begins].first, entries[ends].first) for begins, ends in pairs]
    single = [(entries[at].first, entries[at].first) for at in left]
    return spans + single, tuple(
        alone(
            entries[at].first,
            entries[at].title,
            "its end does not follow" if told[at] is Kind.BREAK_BEGINS else "its beginning does not stand before it",
        )
        for at in left
    )


def alone(day: dt.date, title: str, why: str) -> str:
    """A clause about a day that belongs to another which is missing."""
    return f"'{title}' on {day:%d/%m/%Y}: {why}"


def _fits(first: Entry, last: Entry) -> bool:
    return (last.first - first.first).days <= _LONGEST_BREAK


def _pairs(kinds: Sequence[Kind], entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """The places of each first day of a break and the last day that comes next."""
    order = sorted((at for at, kind in enumerate(kinds) if kind in _MARKS), key=lambda at: entries[at].first)
    for one, other in pairwise(order):
        if kinds[one] is Kind.BREAK_BEGINS and kinds[other] is Kind.BREAK_ENDS:
            yield one, other


def _half(entry: Entry) -> bool:
    title = entry.title.casefold()
    return "half" in title or "mid" in title
