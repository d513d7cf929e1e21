"""A laid-out duty as a calendar feed shows it: a rule with exceptions where it keeps a weekday, else single days.

RFC 5545 recurrence. The rule has a local date and time with the zone, so 9:00 stays 9:00 when the clocks change. Each
occurrence of the rule on which the duty does not fall is an EXDATE; each day off the rule is a single event.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from services.scheduling.domain.dates.duties import Cadence, LaidOut

WEEKS = {Cadence.WEEKLY: 1, Cadence.FORTNIGHTLY: 2}
NAMES = ("MO", "TU", "WE", "TH", "FR")


Rule = dict[str, str | int | dt.date]


@dataclass(frozen=True, slots=True)
class Series:
    """First day, RRULE value, EXDATEs and the days that stand alone; no rule where all of them do."""

    first: dt.date | None
    rule: Rule
    exceptions: tuple[dt.date, ...]
    singles: tuple[dt.date, ...]


def series(duty: LaidOut) -> Series:
    """The rule that covers most of the duty's days."""
    on_rule = [day for day in duty.days if day.weekday() == duty.weekday]
    if len(on_rule) < 2:
        return Series(None, {}, (), duty.days)
    name = NAMES[on_rule[0].weekday()]
    if duty.cadence in WEEKS:
        interval = WEEKS[duty.cadence]
        occurrences = _weekly(on_rule[0], on_rule[-1], interval)
        rule: Rule = {"FREQ": "WEEKLY", "INTERVAL": interval, "BYDAY": name}
    else:
        nth = Counter(map(_nth, on_rule)).most_common(1)[0][0]
        occurrences = _monthly([day for day in on_rule if _nth(day) == nth])
        rule = {"FREQ": "MONTHLY", "BYDAY": f"{nth}{name}"}
    kept = set(on_rule) & set(occurrences)
    exceptions = tuple(day for day in occurrences if day not in kept)
    singles = tuple(day for day in duty.days if day not in kept)
    return Series(occurrences[0], {**rule, "UNTIL": occurrences[-1]}, exceptions, singles)


def _weekly(first: dt.date, last: dt.date, interval: int) -> list[dt.date]:
    step = dt.timedelta(weeks=interval)
    return [first + step * n for n in range((last - first) // step + 1)]


def _nth(day: dt.date) -> int:
    """Which of its weekday in the month a day is, 1 to 5."""
    return (day.day - 1) // 7 + 1


def _monthly(days: list[dt.date]) -> list[dt.date]:
    """Every day of that nth weekday from the first to the last of them."""
    first, last = days[0], days[-1]
    return [day for day in _weekly(first, last, 1) if _nth(day) == _nth(first)]
