"""Our own VTIMEZONE (RFC 5545 section 3.6.5): one DAYLIGHT and one STANDARD part, each with a yearly rule.

Libraries list every change as RDATE, which Outlook ignores. The rule is read off the zone data of one year and holds
for zones that change on the n-th or last weekday of a month, as all of Europe does.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EPOCH = 1970
_SAMPLE = 2027


@dataclass(frozen=True)
class _Change:
    local: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    summer: bool


@lru_cache(maxsize=64)
def vtimezone_bytes(name: str) -> bytes:
    """Return the VTIMEZONE of an IANA zone as it stands in a calendar; the same every time, so made once."""
    return bytes(vtimezone(name).to_ical())


def vtimezone(name: str) -> Timezone:
    """Return the VTIMEZONE of an IANA zone."""
    zone = Timezone()
    zone.add("tzid", name)
    changes = _changes(ZoneInfo(name), _SAMPLE)
    for change in sorted(changes, key=lambda each: not each.summer):
        zone.add_component(_part(change))
    if not changes:
        zone.add_component(_fixed(ZoneInfo(name)))
    return zone


def _changes(zone: ZoneInfo, year: int) -> list[_Change]:
    hour = dt.timedelta(hours=1)
    at = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    found = []
    while at.year == year:
        before, after = at.astimezone(zone).utcoffset(), (at + hour).astimezone(zone).utcoffset()
        if before is not None and after is not None and before != after:
            local = (at + hour).replace(tzinfo=None) + before
            there = (at + hour).astimezone(zone)
            found.append(_Change(local, before, after, there.tzname() or "", bool(there.dst())))
        at += hour
    return found


def _part(change: _Change) -> TimezoneDaylight | TimezoneStandard:
    part = TimezoneDaylight() if change.summer else TimezoneStandard()
    month, weekday = change.local.month, change.local.weekday()
    last = change.local.day + 7 > calendar.monthrange(change.local.year, month)[1]
    nth = -1 if last else (change.local.day - 1) // 7 + 1
    part.add("dtstart", dt.datetime.combine(_nth_weekday(_EPOCH, month, weekday, nth), change.local.time()))
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    part.add("rrule", vRecur({"freq": "yearly", "bymonth": month, "byday": f"{nth}{_DAYS[weekday]}"}))
    return part


def _fixed(zone: ZoneInfo) -> TimezoneStandard:
    there = dt.datetime(_SAMPLE, 1, 1, tzinfo=zone)
    part = TimezoneStandard()
    part.add("dtstart", dt.datetime(_EPOCH, 1, 1))  # noqa: DTZ001 - DTSTART of a VTIMEZONE part is local by definition
    part.add("tzoffsetfrom", there.utcoffset())
    part.add("tzoffsetto", there.utcoffset())
    part.add("tzname", there.tzname())
    return part


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    days = [d for d in calendar.Calendar().itermonthdates(year, month) if d.month == month and d.weekday() == weekday]
    return days[nth if nth < 0 else nth - 1]
