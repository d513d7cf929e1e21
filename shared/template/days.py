"""On which day a moment of the calendar falls: what the clock alone decides, without anything having happened."""

import datetime as dt
from collections.abc import Sequence

from shared.template.moments import Instant, Offset, moment_in
from shared.template.pauses import Pause, through
from shared.template.template import Template
from shared.working_days import is_none, working_days_from

__all__ = ["day_of", "programme_ends", "shifted"]

_LENGTHS = {"days": 1, "weeks": 7, "half-terms": 45, "terms": 91, "months": 30}
"""Units in days. Terms are counted as thirteen weeks where no calendar of a school is asked."""


def day_of(text: str, template: Template, first_year: int, pauses: Sequence[Pause] = ()) -> dt.date | None:
    """The date of a moment that is a day of the calendar, or leads to one through the clock; None for all others.

    `first_year` is the calendar year of the programme's first September; `pauses` are when the programme stood still:
    None, too, for what lies behind one that has no end yet.
    """
    return _day(text, template, first_year, len(template.clock.moments), pauses)


def programme_ends(template: Template, first_year: int, pauses: Sequence[Pause] = ()) -> dt.date:
    """The last day of the programme's last school year, later by its pauses but for one that has no end yet."""
    last = dt.date(first_year + template.clock.years, 8, 31)
    return through(last, pauses) or last


def shifted(day: dt.date, offset: Offset) -> dt.date:
    """The day so many units later, or earlier; working days are Mondays to Fridays."""
    if offset.unit == "working days":
        return working_days_from(day, offset.number, is_none)
    return day + dt.timedelta(_LENGTHS[offset.unit] * offset.number)


def _day(text: str, template: Template, first_year: int, steps: int, pauses: Sequence[Pause]) -> dt.date | None:
    instant = moment_in(text)
    if instant is None:
        return None
    written = instant.date_in(first_year) if instant.day else None
    day = through(written, pauses) if written else _named(instant, template, first_year, steps, pauses)
    if day is None or instant.offset is None:
        return day
    return through(shifted(day, instant.offset), pauses, since=day)


def _named(
    instant: Instant, template: Template, first_year: int, steps: int, pauses: Sequence[Pause]
) -> dt.date | None:
    moment = template.clock.moment(instant.anchor)
    if moment is None or steps < 0:
        return None
    return _day(moment.text(instant.state), template, first_year, steps - 1, pauses)
