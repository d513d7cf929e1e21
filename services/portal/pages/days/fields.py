"""Reads days, hours and doings out of the fields of the days page."""

import datetime as dt
from collections.abc import Mapping

from services.portal.domain import words
from services.portal.domain.reading import Reading
from shared.commands.agreed_visits import ArrangementDetail, ChosenDay

MIDNIGHT = dt.time(0)


def ticked(values: Mapping[str, str], prefix: str) -> tuple[dt.date, ...]:
    """The days whose boxes are ticked, in order; what is no day is passed over, since the page made the names."""
    found = set()
    for name in values:
        if name.startswith(prefix) and len(name) == len(prefix) + len("2027-01-31"):
            try:
                found.add(dt.date.fromisoformat(name.removeprefix(prefix)))
            except ValueError:
                continue
    return tuple(sorted(found))


def day(reading: Reading, name: str) -> dt.date:
    """A day that was typed; a problem is noted where there is none."""
    text = reading.values.get(name, "").strip()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        reading.wrong(name, "Give the day, such as 2027-05-13.")
        return dt.date(2000, 1, 1)


def chosen(reading: Reading, name: str, on: dt.date, found: ArrangementDetail, *, same: bool = False) -> ChosenDay:
    """A day with its hours and doings; problems are noted. `same`: doings stay as they are."""
    starts, ends = _time(reading, f"{name}-from", found.starts), _time(reading, f"{name}-to", found.ends)
    doings = tuple(key for key in found.doings if f"{name}-do-{key}" in reading.values)
    if found.doings and not doings and not same:
        reading.wrong(f"{name}-doings", f"Tick what you will do on {words.day(on)}.")
    if ends <= starts:
        reading.wrong(f"{name}-to", f"On {words.day(on)} it must end after it starts.")
    return ChosenDay(on=on, starts=starts, ends=ends, doings=doings)


def _time(reading: Reading, name: str, usual: dt.time) -> dt.time:
    text = reading.values.get(name, "").strip()
    if not text:
        return usual
    try:
        return dt.time.fromisoformat(text.zfill(5))
    except ValueError:
        reading.wrong(name, "Write the time like 9:30.")
        return MIDNIGHT
