"""The grammar of moments: `anchor [+|- number unit]`.

    10-31                          a day of the programme's first school year; `y2 05-28` of its second
    matched, post.closes           a moment or the end of a window that the clock names
    term 2 - 1 week                the start of a term
    visit-day - 15 working days    the day of a dated thing
    findings.agreed                what happened to a form, activity, round or task
    opened + 5 working days, due - 3 days    the task's own days
    actions.due                    the day that a line of an action plan names
    policy.next-review             the day that an entry of a form names, where events carry it; opens and dates tasks
    joined                         a school came to its trust or partnership part-way; opens and dates tasks
    postponed, resumed             the programme stands still, and goes on
    week                           the last school day of a week in which somebody has duties

Only parsing is here; what a moment falls on is worked out by who owns the calendar.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

UNITS = ("working days", "days", "weeks", "terms", "half-terms", "months")
_LEAP_DAY = (2, 29)
_FARTHEST = 2000
_DAY = re.compile(r"(?:y(\d) )?(\d{2})-(\d{2})")
_TERM = re.compile(r"term (\d)")
_OFFSET = re.compile(r"(.*?)\s*([+-])\s*(\d+) (working days?|days?|weeks?|terms?|half-terms?|months?)")
_NAMED = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?")


class WrongMomentError(ValueError):
    """This is no moment; the text says what one looks like."""


@dataclass(frozen=True)
class Offset:
    """So many units later, or earlier where the number is negative."""

    number: int
    unit: str


@dataclass(frozen=True)
class Instant:
    """A parsed moment. One of `day`, `term` and `anchor` is set; `year` counts from 1 and goes with `day`."""

    day: tuple[int, int] | None = None
    year: int = 1
    term: int | None = None
    anchor: str = ""
    state: str = ""
    offset: Offset | None = None

    def date_in(self, first_year: int) -> dt.date | None:
        """The date of a calendar day without offset, in the school year that starts in September of `first_year`.

        Templates of earlier releases may name 29 February: in other years it is the 28th.
        """
        if self.day is None:
            return None
        month, day = self.day
        year = first_year + self.year - (month >= 9)
        leap = (month, day) == _LEAP_DAY and not calendar.isleap(year)
        return dt.date(year, month, day - leap)


def parse_moment(text: str) -> Instant:
    """The moment that the text is. Raises WrongMomentError."""
    written = " ".join(text.split())
    offset = None
    if found := _OFFSET.fullmatch(written):
        written, sign, number, unit = found.groups()
        if int(number) > _FARTHEST:
            raise WrongMomentError(f"'{text}' lies too far away: {_FARTHEST:,} {unit} are the most")
        plural = unit if unit.endswith("s") else f"{unit}s"
        offset = Offset(int(number) if sign == "+" else -int(number), plural)
    if day := _DAY.fullmatch(written):
        return Instant(day=_checked(int(day[2]), int(day[3]), text), year=int(day[1] or 1), offset=offset)
    if term := _TERM.fullmatch(written):
        return Instant(term=int(term[1]), offset=offset)
    if _NAMED.fullmatch(written):
        anchor, _, state = written.partition(".")
        return Instant(anchor=anchor, state=state, offset=offset)
    raise WrongMomentError(f"'{text}' is no moment; write a day (10-31), a named moment, or one + 5 working days")


def moment_in(text: str) -> Instant | None:
    """The moment that the text is; None where it is none."""
    try:
        return parse_moment(text)
    except WrongMomentError:
        return None


def _checked(month: int, day: int, text: str) -> tuple[int, int]:
    try:
        dt.date(2028 if month < 9 else 2027, month, day)
    except ValueError:
        raise WrongMomentError(f"'{text}': there is no such day") from None
    return month, day
