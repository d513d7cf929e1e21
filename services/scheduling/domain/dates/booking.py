"""Open hours and five-minute cells of calls. A call takes every cell that it touches, for each of its people.

Two calls clash exactly when they share a cell of one person. A unique index on (person, cell) refuses that, whatever
two servers do at once; comparing only the first minutes of calls would miss overlaps.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.scheduling.domain.calendars.common_days import LONGEST
from services.scheduling.domain.local_time import instant
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


def checked(openings: Sequence[Opening], today: dt.date) -> tuple[Opening, ...]:
    """Openings in order. Raises Rejected unless each begins and ends on full five minutes, its end after its start.

    Also for one that has passed or lies more than 400 days ahead: the year may be mistyped.
    """
    for one in openings:
        if not today <= one.on <= today + LONGEST:
            where = "has passed" if one.on < today else f"lies more than {LONGEST.days} days ahead"
            raise Rejected("other-year", f"The opening on {one.on} {where}. Name hours to come, and look at the year.")
        if one.last <= one.first:
            raise Rejected("ends-before-it-begins", f"The opening on {one.on} ends before it begins.")
        if any(time.minute % 5 or time.second or time.microsecond for time in (one.first, one.last)):
            raise Rejected("five-minutes", f"The opening on {one.on} must begin and end on a full five minutes.")
    return tuple(sorted(set(openings), key=lambda one: (one.on, one.first, one.last)))


def shared_openings(each: Sequence[Sequence[Opening]]) -> tuple[Opening, ...]:
    """The stretches that lie in an opening of everybody; none where nobody has any."""
    if not each:
        return ()
    common = tuple(each[0])
    for theirs in each[1:]:
        pairs = ((one, other) for one in common for other in theirs if one.on == other.on)
        met = (Opening(one.on, max(one.first, other.first), min(one.last, other.last)) for one, other in pairs)
        common = tuple(one for one in met if one.first < one.last)
    return common


def is_open(openings: Sequence[Opening], start: dt.datetime, minutes: int, timezone: str) -> bool:
    """Whether a call lies within one of these openings; they are local, `start` is aware."""
    end = start + dt.timedelta(minutes=minutes)
    return any(instant(one.on, one.first, timezone) <= start and end <= _end(one, timezone) for one in openings)


def _end(opening: Opening, timezone: str) -> dt.datetime:
    return instant(opening.on, opening.last, timezone)


def slots(
    openings: Sequence[Opening], taken: Iterable[dt.datetime], minutes: int, timezone: str, *, after: dt.datetime
) -> tuple[dt.datetime, ...]:
    """When a call of so many minutes could still begin (UTC, ascending); `taken`: cells that are booked.

    Slots follow each other without overlap from the start of an opening, and begin after `after`.
    """
    booked, found = set(taken), []
    step = CELL * -(-minutes // 5)
    for opening in sorted(openings, key=lambda one: (one.on, one.first)):
        start, end = instant(opening.on, opening.first, timezone), _end(opening, timezone)
        while start + dt.timedelta(minutes=minutes) <= end:
            if start > after and booked.isdisjoint(cells(start, minutes)):
                found.append(start)
            start += step
    return tuple(sorted(set(found)))
