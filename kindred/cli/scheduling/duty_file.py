"""A laid-out duty as an iCalendar file (RFC 5545): a rule with its exceptions where it has one, else single events.

Times are local with the zone, so that 9:00 stays 9:00 when the clocks change. The zone is written as two yearly rules:
calendar programmes that ignore long lists of changes read these.
"""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from shared.commands.scheduling_duties import CommitmentDays, SeriesRow
from shared.vtimezone import vtimezone

_SPACE = uuid.UUID("b0b7a1f2-3c55-4f0a-8d1e-6c0b9a7f2e41")


def calendar_file(duty: CommitmentDays, title: str, starts: dt.time, minutes: int, stamped: dt.datetime) -> bytes:
    """The file; the same duty has the same UIDs, so that a second import does not double it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kindred//Duties//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(vtimezone(duty.timezone))
    zone, length = ZoneInfo(duty.timezone), dt.timedelta(minutes=minutes)

    def event(on: dt.date) -> Event:
        found = Event()
        begins = dt.datetime.combine(on, starts, zone)
        found.add("uid", f"{uuid.uuid5(_SPACE, f'{title}|{duty.cadence}|{duty.calendar}|{on}').hex}@kindred")
        found.add("dtstamp", stamped)
        found.add("dtstart", begins)
        found.add("dtend", begins + length)
        found.add("summary", title)
        return found

    if duty.series.first is not None:
        calendar.add_component(_ruled(event(duty.series.first), duty.series, starts, zone))
    for on in duty.series.singles:
        calendar.add_component(event(on))
    return bytes(calendar.to_ical())


def _ruled(event: Event, series: SeriesRow, starts: dt.time, zone: ZoneInfo) -> Event:
    """UNTIL is in UTC, as it must be where the start has a zone."""
    assert series.until is not None
    until = dt.datetime.combine(series.until, starts, zone).astimezone(dt.UTC)
    rule = {"freq": series.freq, "interval": series.interval, "byday": series.by_day, "until": until}
    event.add("rrule", rule)
    if series.exceptions:
        event.add("exdate", [dt.datetime.combine(on, starts, zone) for on in series.exceptions])
    return event
