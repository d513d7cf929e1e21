"""Local dates and times as instants. Local time and zone are kept, so 9:00 stays 9:00 when the clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = "Europe/London"


def instant(day: dt.date, time: dt.time, timezone: str) -> dt.datetime:
    """The UTC instant of a local time; `time.fold` tells the hour apart that an autumn night has twice."""
    return dt.datetime.combine(day, time, tzinfo=ZoneInfo(timezone)).astimezone(dt.UTC)


def local_date(now: dt.datetime, timezone: str) -> dt.date:
    """The date in a zone at an instant."""
    return now.astimezone(ZoneInfo(timezone)).date()


def local_time(now: dt.datetime, timezone: str) -> dt.time:
    """The time of day in a zone at an instant."""
    return now.astimezone(ZoneInfo(timezone)).time()


def next_day(now: dt.datetime, timezone: str) -> dt.date:
    """The date in a zone after that at an instant."""
    return local_date(now, timezone) + dt.timedelta(days=1)
