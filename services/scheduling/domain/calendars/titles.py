"""What an entry of a term file means, told by the whole words of its title, its length and its time of year.

An entry is a day or span of school, a first or last day of it, a day or span without school, or none of these: discos
and parents' evenings say nothing about term dates.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Entry", "Kind", "kind_of"]


class Kind(StrEnum):
    """What an entry says. A first and a last day are days of school, and the spans between them, too."""

    SCHOOL = "school"
    FIRST = "first day"
    LAST = "last day"
    CLOSED = "closed"
    IGNORED = "ignored"

    @property
    def shown(self) -> str:
        """The word that people are shown."""
        return "school" if self in {Kind.FIRST, Kind.LAST} else self.value


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
_AUGUST = 8
_LONG_BREAK, _SHORT_TERM = 23, 20
"""Days: the longest holiday but summer's, the shortest half-term of school."""
_OTHER = re.compile(
    r"\b(clubs?|camp|fair|fayre|trip|concert|disco|party|lunch|dinner|activit(y|ies)|homework|meetings?|performances?|play|"
    r"service|evenings?|assembly|photos?|photographs?|residential|visit|sale|quiz|bingo|jumper|parade|bonnet|nativity|"
    r"rehearsals?|challenge|deadline|exams?|tests?|sats|mocks?|reports?|open (evening|morning)|governors|pta|ptfa|"
    r"applications?|consultation|workshop|sports|swimming|fundrais\w+)\b"
)
_CLOSED_DAY = re.compile(
    r"\b(inset|in service|baker|non pupil|staff (training|development|day)|training days?|"
    r"(teacher|professional) (development|training)( days?)?|teacher days?|(cpd|pd|td|tda) days?|non contact days?|"
    r"occasional days?|"
    r"disaggregated|development days?|staff only|polling day|closed|closures?|no (school|pupils|children)|"
    r"snow days?|industrial action|strike (days?|action)|"
    r"(teachers?|staff|neu|nasuwt|neu nasuwt|union|national) strikes?)\b"
)
_OPEN_ALL_THE_SAME = re.compile(
    r"\b(open (as )?(usual|normal|to all|for all)|(remains?|stays?|is|school|schools) open)\b"
)
_NOT_HELD = re.compile(r"\b(cancelled|canceled|called off|suspended|postponed)\b")
_LAST = re.compile(
    r"\b(last (school )?day|(school|schools|term|terms|we|college)\b.*\b(ends?|finish(es)?|closes?|breaks? up)|"
    r"(ends?|finish(es)?|breaks? up|close) (of|for|at|on)|break up|end of (\w+ )?(half )?term)\b"
)
_FIRST = re.compile(
    r"\b(first (school )?day|(school|schools|term|terms|pupils|children|students|all|we|college)\b.*"
    r"\b(re ?opens?|returns?|restarts?|starts?|begins?|resumes?)|back to school|(return|returns) to school|"
    r"start of (\w+ )?(half )?term|pupils return)\b"
)
_FREE = re.compile(
    r"\b(holidays?|hols?|vacation|recess|wakes week|bank hol\w*|good friday|boxing day|new year s? ?day|"
    r"(christmas|may) (day|eve))\b"
)
_BREAK_DAY = re.compile(r"\bbreak$|\bhalf ?terms?\b")
_BREAK = re.compile(r"\b(break|half ?term|half terms)\b")
_AFTER_SCHOOL = re.compile(r"\btwilights?\b|\bafter school\b|\b(inset|training|cpd) evening\b")
_PART_OF_A_DAY = re.compile(r"\b\d{1,2}( \d\d)? ?(am|pm)\b|\bearly\b(?! may)|\b(half day|noon|midday)\b")
_OF_A_TERM = re.compile(r"\b(terms?|half|holidays?|hols|christmas|xmas|easter|summer|autumn|spring)\b")
_SOME_OF_THEM = re.compile(r"\b(years?|y) ?\d{1,2}\b|\b(reception|nursery|sixth form)\b")
_OF_SOMETHING = re.compile(r"\b(?:first|last) day (?:of|for|to|before) (.*)")
_OF_SCHOOL = re.compile(
    r"\b(terms?|half|school|pupils?|children|students|lessons|all|autumn|spring|summer|easter|christmas|holidays?|"
    r"vacation|break)\b"
)
_NUMBERED = re.compile(
    r"\b(half ?term|term|autumn|spring|summer|ht|t) ?[1-6]\b|\b[1-6](st|nd|rd|th)? (half ?)?term\b"
    r"|\b(1st|2nd|first|second) half\b"
)
_TERM = re.compile(r"\b(terms?|autumn|spring|summer|michaelmas|lent|trinity|hilary|semester)\b")
_SCHOOL_DAY = re.compile(r"\b((term|school|pupil) ?days?|term ?time|school (is )?open|in school|in session)\b")
_SEASON = re.compile(
    r"(?:(?:christmas|xmas|easter|summer|whitsun|whit|winter|spring|autumn|october|february|may|school|the|for|all|and|"
    r"new|year|monday|\d{1,4})\s?)+"
)


def kind_of(entry: Entry) -> Kind:
    """What the entry says about school days."""
    title = " ".join(re.sub(r"[^a-z0-9]+", " ", entry.title.casefold()).split())
    if _says_nothing(title, entry):
        return Kind.IGNORED
    if entry.days == 1 and _CLOSED_DAY.search(title) and (in_spite_of := _all_the_same(title)):
        return in_spite_of
    marked = _marked(title) if entry.days == 1 else None
    if _CLOSED_DAY.search(title) and not (marked is Kind.LAST and "closed" not in title and "inset" not in title):
        return Kind.CLOSED
    if marked is not None:
        return marked
    if _OTHER.search(title):
        return Kind.IGNORED
    return _span_of(title, entry) if entry.days > 1 else _day_of(title)


def _says_nothing(title: str, entry: Entry) -> bool:
    """Whether it is about hours, or about some of the pupils."""
    if (entry.hours is not None and entry.hours < _SHORT_HOURS) or _AFTER_SCHOOL.search(title):
        return True
    return entry.days == 1 and (_SOME_OF_THEM.search(title) is not None or _only_shorter(title))


def _all_the_same(title: str) -> Kind | None:
    """What a day of closure is that says of itself that school is open, or that it does not take place."""
    if _OPEN_ALL_THE_SAME.search(title):
        return Kind.SCHOOL
    return Kind.IGNORED if _NOT_HELD.search(title) else None


def _only_shorter(title: str) -> bool:
    """Whether a day is one of school that ends or begins at another hour, and no term ends or begins with it."""
    closing = re.search(r"\b(clos\w+|finish\w*|ends?|opens?|starts?)\b", title) is not None
    return closing and _PART_OF_A_DAY.search(title) is not None and _OF_A_TERM.search(title) is None


def _marked(title: str) -> Kind | None:
    """Whether a single day is named as the first or the last of something that all pupils have."""
    of = _OF_SOMETHING.search(title)
    if of and (_OTHER.search(of[1]) or not _OF_SCHOOL.search(of[1])):
        return None
    if _LAST.search(title):
        return Kind.LAST
    return Kind.FIRST if _FIRST.search(title) else None


def _day_of(title: str) -> Kind:
    if _FREE.search(title) or _BREAK_DAY.search(title) or title in {"easter monday", "christmas", "easter"}:
        return Kind.CLOSED
    only_term = bool(_TERM.search(title)) and re.fullmatch(r"(?:\D*\b)?(?:terms?|\d)[\d ]*", title) is not None
    return Kind.SCHOOL if _SCHOOL_DAY.search(title) or only_term else Kind.IGNORED


def _span_of(title: str, entry: Entry) -> Kind:
    if _FREE.search(title):
        return Kind.CLOSED
    if _NUMBERED.search(title) and entry.days >= _SHORT_TERM:
        return Kind.SCHOOL
    if _BREAK.search(title):
        summer = "summer" in title and "half" not in title and entry.last.month == _AUGUST
        return Kind.CLOSED if summer or entry.days <= _LONG_BREAK else Kind.SCHOOL
    if re.search(r"\b(term|michaelmas|lent|trinity|hilary|semester)\b", title) or _SCHOOL_DAY.search(title):
        return Kind.SCHOOL
    return _season(title, entry) if _SEASON.fullmatch(title) else Kind.IGNORED


def _season(title: str, entry: Entry) -> Kind:
    """A bare 'Summer' is the holiday where it lies in August, else the term; a bare 'Christmas' is the holiday."""
    if re.search(r"\b(christmas|xmas|easter|whitsun|whit|winter|new year)\b", title):
        return Kind.CLOSED
    in_august = entry.first <= dt.date(entry.last.year, 8, 31) and entry.last >= dt.date(entry.last.year, 8, 1)
    if "summer" in title and in_august:
        return Kind.CLOSED
    if re.search(r"\b(autumn|spring|summer)\b", title):
        return Kind.SCHOOL if entry.days >= _SHORT_TERM else Kind.CLOSED
    return Kind.CLOSED if entry.days <= _LONG_BREAK else Kind.IGNORED
