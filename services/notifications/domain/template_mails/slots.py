"""When mails that gather go out: the weekly one, and digests. By the clocks where the programme runs."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_DIGESTS = dt.time(7)
_WEEKLY = dt.time(8)
"""An hour after the morning on which tasks are asked, so that all of them stand in one mail."""
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """One mail that gathers: ``key`` names its day or week, ``at`` is when it goes out."""

    key: str
    at: dt.datetime


def of_digest(now: dt.datetime, timezone: str, *, at_once: bool) -> tuple[Slot, ...]:
    """Return the slots of a digest, the first that has not gone out is taken; one a day.

    What people do gathers until the next morning. ``at_once``: a moment of the clock, which is for everybody.
    """
    local = now.astimezone(ZoneInfo(timezone))
    mornings = [_at(local.date() + _DAY * ahead, _DIGESTS, timezone) for ahead in (0, 1, 2)]
    slots = [Slot(f"{at.astimezone(ZoneInfo(timezone)).date()}", at) for at in mornings if at > now]
    today = [Slot(f"{local.date()}", now)] if at_once else []
    return (*today, *[slot for slot in slots if slot.key not in {one.key for one in today}])


def of_week(now: dt.datetime, timezone: str) -> tuple[Slot, ...]:
    """Return the slots of the weekly mail: within a day, or in the next week where this week's has gone out."""
    local = now.astimezone(ZoneInfo(timezone))
    today = _at(local.date(), _WEEKLY, timezone)
    first = today if today > now else _at(local.date() + _DAY, _WEEKLY, timezone)
    monday = local.date() + _DAY * (7 - local.weekday())
    ahead = [first, *(_at(monday + 7 * _DAY * week, _WEEKLY, timezone) for week in range(3))]
    found: dict[str, Slot] = {}
    for at in ahead:
        year, week, _ = at.astimezone(ZoneInfo(timezone)).isocalendar()
        found.setdefault(f"{year}-W{week:02d}", Slot(f"{year}-W{week:02d}", at))
    return tuple(found.values())


def _at(day: dt.date, time: dt.time, timezone: str) -> dt.datetime:
    return dt.datetime.combine(day, time, ZoneInfo(timezone)).astimezone(dt.UTC)
