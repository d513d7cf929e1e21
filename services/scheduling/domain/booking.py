"""Calls booked from open slots. A call takes every five-minute cell that it touches, for each of its people.

Two bookings clash exactly when they share a cell of one person, which a unique index on (person, cell) can refuse
whatever two servers do at once; bookings that only compare their first minutes overlap.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from shared.errors import Rejected

CELL = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Opening:
    """A stretch in which somebody can be called, in local time."""

    on: dt.date
    first: dt.time
    last: dt.time


def cells(start: dt.datetime, minutes: int) -> tuple[dt.datetime, ...]:
    """The instants (UTC) at which the cells of a call begin; `start` is aware and on a full five minutes.

    Raises Rejected otherwise.
    """
    begins = start.astimezone(dt.UTC)
    if begins.minute % 5 or begins.second or begins.microsecond or minutes <= 0:
        raise Rejected("five-minutes", "A call begins on a full five minutes and lasts at least one.")
    count = -(-minutes // 5)
    return tuple(begins + CELL * n for n in range(count))


def slots(
    openings: Sequence[Opening], taken: Iterable[dt.datetime], minutes: int, timezone: str, *, after: dt.datetime
) -> tuple[dt.datetime, ...]:
    """When a call of so many minutes could still begin (UTC, ascending); `taken`: cells that are booked.

    Slots follow each other without overlap from the start of an opening, and begin after `after`.
    """
    booked, found = set(taken), []
    step = CELL * -(-minutes // 5)
    for opening in sorted(openings, key=lambda one: (one.on, one.first)):
        zone = ZoneInfo(timezone)
        start = dt.datetime.combine(opening.on, opening.first, zone).astimezone(dt.UTC)
        end = dt.datetime.combine(opening.on, opening.last, zone).astimezone(dt.UTC)
        while start + dt.timedelta(minutes=minutes) <= end:
            if start > after and booked.isdisjoint(cells(start, minutes)):
                found.append(start)
            start += step
    return tuple(sorted(set(found)))
