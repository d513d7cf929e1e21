"""Days on which somebody cannot, as rows of a first and a last day."""

import datetime as dt

from services.portal.domain.reading import Reading
from services.portal.domain.rows import indexes, is_empty, stepped
from services.portal.pages.forms.form import Values
from shared.events.base import DateSpan

LONGEST = 366
MOST = 20
"""Rows."""


def spans_stepped(values: Values, button: str, kind: str) -> tuple[dict[str, str], str] | None:
    """Add or remove a row; None where the button is for something else. Besides, the field to go on with."""
    return stepped(values, button, {kind: ("first", "last")}, MOST)


def spans_of(reading: Reading, kind: str, today: dt.date | None) -> tuple[DateSpan, ...]:
    """Read the rows `<kind>-<n>-first` and `-last`. `today`: days before it are refused; None: they may be named."""
    found: list[DateSpan] = []
    for row in indexes(reading.values, kind):
        if is_empty(reading.values, kind, row):
            continue
        first = reading.date(f"{kind}-{row}-first", "First day")
        last = reading.date(f"{kind}-{row}-last", "Last day", required=False) or first
        if first is None or last is None:
            continue
        if last < first:
            reading.wrong(
                f"{kind}-{row}-last", "The last day lies before the first. Swap them, or leave the last one empty."
            )
        elif today is not None and last < today:
            reading.wrong(f"{kind}-{row}-first", "These days have passed. Leave them out.")
        elif (last - first).days > LONGEST:
            reading.wrong(f"{kind}-{row}-last", "That is more than a year. Give shorter periods.")
        else:
            found.append(DateSpan(first=first, last=last))
    return tuple(found)
