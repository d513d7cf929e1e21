"""Dates as an iCalendar object to subscribe to (RFC 5545, RFC 7986), as Outlook, Google and Apple read it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

_PRODUCT = "-//Kindred//Dates//EN"
_OFTEN = dt.timedelta(hours=4)
"""How often a calendar is asked to look again."""


@dataclass(frozen=True)
class Entry:
    """A date in local time; without hours it is a whole day. `sure`: its person has said that they come."""

    key: str
    title: str
    on: dt.date
    starts: dt.time | None = None
    ends: dt.time | None = None
    timezone: str = "Europe/London"
    place: str = ""
    about: str = ""
    sure: bool = True


def calendar(entries: Iterable[Entry], now: dt.datetime) -> bytes:
    """Return the object. Times are in UTC, so that it needs no time zone of its own."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", "Kindred")
    made.add("x-wr-calname", "Kindred")
    made.add("refresh-interval", _OFTEN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT4H")
    for one in entries:
        made.add_component(_event(one, now))
    return bytes(made.to_ical())


def _event(entry: Entry, now: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}.feed@kindred")
    event.add("dtstamp", now)
    event.add("summary", entry.title)
    if entry.starts is None or entry.ends is None:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        zone = ZoneInfo(entry.timezone)
        event.add("dtstart", dt.datetime.combine(entry.on, entry.starts, zone).astimezone(dt.UTC))
        event.add("dtend", dt.datetime.combine(entry.on, entry.ends, zone).astimezone(dt.UTC))
        event.add("status", "CONFIRMED" if entry.sure else "TENTATIVE")
    if entry.place.strip():
        event.add("location", entry.place)
    if entry.about.strip():
        event.add("description", entry.about)
    return event
