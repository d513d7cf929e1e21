"""What an entry of a term file means, told by the whole words of its title, its length and its time of year.

An entry is a day or span of school, a first or last day of it, a day or span without school, the first or last day of
such a span, or none of these: discos and parents' evenings say nothing about term dates.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from services.scheduling.domain.calendars import title_words as words

__all__ = ["Entry", "Kind", "kind_of"]


class Kind(StrEnum):
    """What an entry says. A first and a last day are days of school, and the spans between them, too.

    So it is with the first and the last day of a break, which has no school.
    """

    SCHOOL = "school"
    FIRST = "first day"
    LAST = "last day"
    CLOSED = "closed"
    BREAK_BEGINS = "break begins"
    BREAK_ENDS = "break ends"
    IGNORED = "ignored"

    @property
    def shown(self) -> str:
        """The word that people are shown."""
        if self in {Kind.FIRST, Kind.LAST}:
            return "school"
        return "closed" if self in {Kind.BREAK_BEGINS, Kind.BREAK_ENDS} else self.value


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with its days, both included; `hours` where it has times of day."""

    title: str
    first: dt.date
    last: dt.date
    hours: float | None = None

    @property
    def days(self) -> int:
        """How many days it spans."""
        return (self.last - self.first).days + 1


_SHORT_HOURS = 5
_LONG_BREAK, _SHORT_TERM, _SHORT_YEAR = 23, 20, 250
"""Days: the longest holiday but summer's, the shortest half-term of school, the shortest year of it."""
_BESIDE = re.compile(r"\s[-\u2013\u2014]\s|[:;,(]")


def kind_of(entry: Entry) -> Kind:
    """What the entry says about school days."""
    title = _bare(entry.title)
    if _says_nothing(title, entry):
        return Kind.IGNORED
    if entry.days == 1 and words.CLOSED_DAY.search(title) and (in_spite_of := _all_the_same(title)):
        return in_spite_of
    marked = _marked(title, _bare(_BESIDE.split(entry.title)[0])) if entry.days == 1 else None
    if words.CLOSED_DAY.search(title) and not (marked is Kind.LAST and "closed" not in title and "inset" not in title):
        return Kind.CLOSED
    if marked is not None:
        return marked
    if words.OTHER.search(title):
        return Kind.IGNORED
    return _span_of(title, entry) if entry.days > 1 else _day_of(title)


def _bare(title: str) -> str:
    """The words of a title in small letters."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", title.casefold()).split())


def _says_nothing(title: str, entry: Entry) -> bool:
    """Whether it is about hours, about some of the pupils, or about what takes place when a term ends."""
    if (entry.hours is not None and entry.hours < _SHORT_HOURS) or words.AFTER_SCHOOL.search(title):
        return True
    if entry.days > 1:
        return False
    occasion = words.OCCASION.search(entry.title.casefold()) or words.SEASON_OF_NATURE.fullmatch(title)
    return bool(occasion or words.SOME_OF_THEM.search(title)) or _only_shorter(title)


def _all_the_same(title: str) -> Kind | None:
    """What a day of closure is that says of itself that school is open, or that it does not take place."""
    if words.OPEN_ALL_THE_SAME.search(title):
        return Kind.SCHOOL
    return Kind.IGNORED if words.NOT_HELD.search(title) else None


def _only_shorter(title: str) -> bool:
    """Whether a day is one of school that ends or begins at another hour, and no term ends or begins with it."""
    if words.CLOSING.search(title) is None or words.OF_A_TERM.search(title):
        return False
    return words.PART_OF_A_DAY.search(title) is not None


def _marked(title: str, begun: str) -> Kind | None:
    """Whether a single day is named as the first or the last of something that all pupils have.

    `begun`: the title up to its first dash or comma; behind it stands what else takes place that day.
    """
    of = words.OF_SOMETHING.search(begun)
    if of and (words.OTHER.search(of[1]) or not words.OF_SCHOOL.search(of[1])):
        return None
    if words.BACK.search(title):
        return Kind.FIRST
    if words.BREAK_BEGINS.search(title) and not words.OTHER.search(title):
        return Kind.BREAK_BEGINS
    if words.BREAK_ENDS.search(title) and not words.OTHER.search(title):
        return Kind.BREAK_ENDS
    if words.LAST.search(title):
        return Kind.LAST
    return Kind.FIRST if words.FIRST.search(title) else None


def _day_of(title: str) -> Kind:
    if words.FREE.search(title) or words.BREAK_DAY.search(title) or title in {"easter monday", "christmas", "easter"}:
        return Kind.CLOSED
    only_term = bool(words.TERM.search(title)) and re.fullmatch(r"(?:\D*\b)?(?:terms?|\d)[\d ]*", title) is not None
    return Kind.SCHOOL if words.SCHOOL_DAY.search(title) or only_term else Kind.IGNORED


def _span_of(title: str, entry: Entry) -> Kind:
    if words.FREE.search(title):
        return Kind.CLOSED
    if words.SCHOOL_YEAR.search(title):
        return Kind.SCHOOL if entry.days >= _SHORT_YEAR else Kind.IGNORED
    if words.NUMBERED.search(title) and entry.days >= _SHORT_TERM:
        return Kind.SCHOOL
    if words.BREAK.search(title):
        summer = "summer" in title and "half" not in title and _in_august(entry)
        return Kind.CLOSED if summer or entry.days <= _LONG_BREAK else Kind.SCHOOL
    if re.search(r"\b(term|michaelmas|lent|trinity|hilary|semester)\b", title) or words.SCHOOL_DAY.search(title):
        return Kind.SCHOOL
    return _season(title, entry) if words.SEASON.fullmatch(title) else Kind.IGNORED


def _season(title: str, entry: Entry) -> Kind:
    """A bare 'Summer' is the holiday where it lies in August, else the term; a bare 'Christmas' is the holiday."""
    if re.search(r"\b(christmas|xmas|easter|whitsun|whit|winter|new year)\b", title):
        return Kind.CLOSED
    if "summer" in title and _in_august(entry):
        return Kind.CLOSED
    if re.search(r"\b(autumn|spring|summer)\b", title):
        return Kind.SCHOOL if entry.days >= _SHORT_TERM else Kind.CLOSED
    return Kind.CLOSED if entry.days <= _LONG_BREAK else Kind.IGNORED


def _in_august(entry: Entry) -> bool:
    return entry.first <= dt.date(entry.last.year, 8, 31) and entry.last >= dt.date(entry.last.year, 8, 1)
