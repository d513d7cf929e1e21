"""Local dates and times as instants: kept as local time and zone, so that 9:00 stays 9:00 when the clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo


def instant(day: dt.date, time: dt.time, timezone: str) -> dt.datetime:
    """The UTC instant of a local time."""
    return dt.datetime.combine(day, time, tzinfo=ZoneInfo(timezone)).astimezone(dt.UTC)


def local_date(now: dt.datetime, timezone: str) -> dt.date:
    """The date in a zone at an instant."""
    return now.astimezone(ZoneInfo(timezone)).date()
