"""One event of a calendar file as an entry, or what keeps it from being read."""

import datetime as dt

from icalendar import Component

from services.scheduling.domain.calendars.titles import Entry, Kind, kind_of
from services.scheduling.domain.local_time import LONDON, local_date

__all__ = ["entry_of", "wrong_with"]


def entry_of(event: Component) -> Entry:
    """The event as an entry; only its first and last day are looked at."""
    first_day, last_day = _ends(event)
    first = event.decoded("DTSTART")
    hours = None
    if isinstance(first, dt.datetime):
        end = event.decoded("DTEND") if "DTEND" in event else first + _duration(event)
        hours = (end - first).total_seconds() / 3600 if isinstance(end, dt.datetime) else None
    return Entry(_title(event), first_day, last_day, hours)


def _title(event: Component) -> str:
    """The title; without one, the first line of what describes the event."""
    described = str(event.get("DESCRIPTION", "")).strip().partition("\n")[0]
    return str(event.get("SUMMARY", "")).strip() or described[:100]


def wrong_with(event: Component, longest: int) -> str:
    """What keeps an event from being read, as a clause; empty where nothing does."""
    broken = [f"{field}: {reason}" for field, reason in event.errors if field in {"DTSTART", "DTEND", "DURATION"}]
    if broken:
        return ", ".join(broken)
    if "DTSTART" not in event:
        return "DTSTART is missing"
    first, last = (getattr(event.get(field, event["DTSTART"]), "dt", None) for field in ("DTSTART", "DTEND"))
    if not isinstance(first, dt.date) or not isinstance(last, dt.date):
        return "DTSTART and DTEND must be one date each"
    if _date(last) < _date(first):
        return "it ends before it begins"
    if ("RRULE" in event or "RDATE" in event) and kind_of(entry_of(event)) is not Kind.IGNORED:
        return "it repeats; name every one of its days, or a span of days, by an event of its own"
    begins, ends = _ends(event)
    return f"it lasts over {longest} days" if (ends - begins).days >= longest else ""


def _ends(event: Component) -> tuple[dt.date, dt.date]:
    """The first and last day of an event. DTEND is exclusive; a day counts if any part of it belongs to the event."""
    first = event.decoded("DTSTART")
    last = event.decoded("DTEND") if "DTEND" in event else first + _duration(event)
    if isinstance(last, dt.datetime):
        last += dt.timedelta(days=1, microseconds=-1)
    days = (_date(last) - _date(first)).days
    return _date(first), _date(first) + dt.timedelta(days=max(1, days) - 1)


def _duration(event: Component) -> dt.timedelta:
    found = event.decoded("DURATION") if "DURATION" in event else None
    return found if isinstance(found, dt.timedelta) else dt.timedelta()


def _date(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return local_date(value, LONDON) if value.tzinfo else value.date()
    return value
