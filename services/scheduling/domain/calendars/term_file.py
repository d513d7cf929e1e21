"""The entries of a term file as school days: spans of school, spans between first and last days, or all but holidays.

An iCalendar span ends the day before its DTEND (RFC 5545, section 3.6.1). Many calendars are written as if it ended on
it; where the weekdays of a whole file show that, its ends are read so, and it is said.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from services.scheduling.domain.calendars.marks import alone, breaks_of, kinds_of
from services.scheduling.domain.calendars.titles import Entry, Kind, kind_of

__all__ = ["SchoolDays", "Title", "ends_included", "lengthened", "school_days_of", "titles_of"]

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
_MOST_TERM = 120
"""Days from the first to the last day of a term that has no half-term in it."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title of the file, what it is read as, how often it stands there, and from when to when."""

    title: str
    kind: str
    times: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """The school days of a file; `doubts` are what does not fit together in it."""

    days: tuple[dt.date, ...]
    doubts: tuple[str, ...] = ()


def titles_of(entries: Iterable[Entry]) -> tuple[Title, ...]:
    """Every title with what it is read as, in the order of the file."""
    found: dict[tuple[str, str], Title] = {}
    every = list(entries)
    for entry, kind in zip(every, kinds_of(every), strict=True):
        key = entry.title, kind.shown
        known = found.get(key)
        first, last = (
            (min(known.first, entry.first), max(known.last, entry.last)) if known else (entry.first, entry.last)
        )
        found[key] = Title(*key, known.times + 1 if known else 1, first, last)
    return tuple(found.values())


def ends_included(entries: Sequence[Entry]) -> bool:
    """Whether the ends of the file's spans are the last days themselves, read here as the day before.

    Terms end on Fridays and holidays on Sundays or Fridays far more often than on the days before those.
    """
    included = as_standard = 0
    for entry in entries:
        kind, end = kind_of(entry), entry.last + dt.timedelta(days=1)
        if entry.days < 3 or entry.hours is not None or kind not in {Kind.SCHOOL, Kind.CLOSED}:
            continue
        included += end.weekday() == FRIDAY or (kind is Kind.CLOSED and end.weekday() == SUNDAY)
        as_standard += end.weekday() == SATURDAY or (kind is Kind.CLOSED and end.weekday() < FRIDAY)
    return included >= 2 and included > 2 * as_standard


def lengthened(entries: Iterable[Entry]) -> list[Entry]:
    """Every span of whole days with the day that its end names."""
    return [
        replace(entry, last=entry.last + dt.timedelta(days=1)) if entry.days > 1 and entry.hours is None else entry
        for entry in entries
    ]


def school_days_of(entries: Sequence[Entry]) -> SchoolDays:
    """The weekdays of school that the entries name."""
    kinds = list(zip(kinds_of(entries), entries, strict=True))
    breaks, open_breaks = breaks_of(kinds)
    closed = {day for kind, entry in kinds if kind is Kind.CLOSED for day in _days(entry.first, entry.last)}
    closed |= {day for first, last in breaks for day in _days(first, last)}
    spans = any(kind is Kind.SCHOOL and entry.days > 1 for kind, entry in kinds)
    named = {day for kind, entry in kinds if kind is Kind.SCHOOL for day in _days(entry.first, entry.last)}
    marks = sorted((entry.first, kind, entry.title) for kind, entry in kinds if kind in {Kind.FIRST, Kind.LAST})
    pairs, doubts = _paired(marks)
    between = {day for first, last in pairs for day in _days(first, last)}
    if spans or (named and not between):
        outside = tuple(
            f"'{title}' on {day:%d/%m/%Y} lies outside every term"
            for day, _, title in marks
            if day not in named | closed
        )
        return SchoolDays(_weekdays(named - closed), (*outside, *open_breaks))
    doubts = (*doubts, *open_breaks)
    if between:
        return SchoolDays(_weekdays((between | named) - closed), doubts)
    return SchoolDays(_around(closed), doubts) if closed else SchoolDays((), doubts)


def _paired(marks: Sequence[tuple[dt.date, Kind, str]]) -> tuple[list[tuple[dt.date, dt.date]], tuple[str, ...]]:
    """Spans from each first day to the next last day; what stands alone is doubtful."""
    pairs: list[tuple[dt.date, dt.date]] = []
    doubts: list[str] = []
    opened: tuple[dt.date, str] | None = None
    for day, kind, title in marks:
        if kind is Kind.FIRST:
            if opened is not None:
                doubts.append(alone(*opened, "no last day follows it before the next first day"))
            opened = day, title
        elif opened is None:
            doubts.append(alone(day, title, "no first day stands before it"))
        else:
            if (day - opened[0]).days > _MOST_TERM:
                doubts.append(alone(*opened, f"the next last day is {day:%d/%m/%Y}"))
            pairs.append((opened[0], day))
            opened = None
    if opened is not None:
        doubts.append(alone(*opened, "no last day follows it"))
    return pairs, tuple(doubts)


def _days(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=n) for n in range((last - first).days + 1))


def _weekdays(days: Iterable[dt.date]) -> tuple[dt.date, ...]:
    return tuple(day for day in sorted(days) if day.weekday() < SATURDAY)


def _around(holidays: set[dt.date]) -> tuple[dt.date, ...]:
    """The weekdays between the first and the last holiday that are none."""
    return _weekdays(set(_days(min(holidays), max(holidays))) - holidays)
