"""Days by which something can be done. Working days are Monday to Friday; holidays are the calendar's matter."""

import datetime as dt
import re

from shared.template.moments import Offset

_SPAN = re.compile(r"(\d+) (working days?|days?|weeks?)")


def working_days_after(day: dt.date, number: int) -> dt.date:
    """The day that lies so many working days later."""
    while number > 0:
        day += dt.timedelta(days=1)
        number -= day.weekday() < 5
    return day


def after(day: dt.date, span: Offset) -> dt.date:
    """The day that lies a span of days, working days or weeks later."""
    if span.unit == "working days":
        return working_days_after(day, span.number)
    return day + dt.timedelta(weeks=span.number) if span.unit == "weeks" else day + dt.timedelta(days=span.number)


def span_from(text: str) -> Offset | None:
    """Read `10 working days`, `3 weeks` or `1 day`; None where it is none of them."""
    found = _SPAN.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    unit = found[2] if found[2].endswith("s") else f"{found[2]}s"
    return Offset(int(found[1]), unit)


def earliest(start: dt.date, spans: list[str]) -> dt.date:
    """The first day by which steps of these lengths can be done one after the other."""
    for span in filter(None, map(span_from, spans)):
        start = after(start, span)
    return start


def in_words(day: dt.date) -> str:
    """Thursday 13 May 2027."""
    return f"{day:%A} {day.day} {day:%B %Y}"
