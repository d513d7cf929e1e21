"""Days of a course: one after another in their windows, apart, where no school is closed and fewest cannot come.

A dynamic programme over (how many are dated, the last day): the least that the first n days cost, the last of them no
later than d. It looks at each day of each stretch once.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.scheduling.domain.sessions.records import Planned
from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.wording import in_words
from shared.errors import Rejected

__all__ = ["Diary", "Stretch", "best_days", "closed_on", "must_be_apart", "must_be_open", "stretches"]

A_PERSON, A_WEEKDAY = 100, 1
PREFERRED = (3, 4)
"""Thursday and Friday: schools are told of inspections on Mondays, for the two days after."""
NEVER = 1 << 60
A_WEEK = 5
"""Working days."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days among which one day of the course is chosen, both included."""

    number: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Diary:
    """What is known of days: school -> days on which it works, by name; person -> days on which they can come."""

    horizon: Horizon
    schools: Mapping[str, int]
    people: Mapping[str, int]

    @property
    def open(self) -> int:
        """Mask of the days on which every school works."""
        found = self.horizon.everything
        for mask in self.schools.values():
            found &= mask
        return found

    def missing(self, on: dt.date) -> tuple[str, ...]:
        """Who cannot come on a day."""
        mask = self.horizon.mask([on])
        return tuple(sorted(person for person, days in self.people.items() if not days & mask))


def stretches(
    windows: Sequence[tuple[dt.date, dt.date]], each: int, diary: Diary, tomorrow: dt.date
) -> Iterator[Stretch]:
    """The windows cut into as many stretches as there are to be days in each, all with about as many open days."""
    for place, (first, last) in enumerate(windows):
        horizon = diary.horizon
        days = list(horizon.dates(horizon.between(max(first, tomorrow), last) & diary.open))
        for part in range(each):
            own = days[len(days) * part // each : len(days) * (part + 1) // each]
            yield Stretch(place * each + part + 1, own[0] if own else first, own[-1] if own else last)


def best_days(
    diary: Diary, wanted: Sequence[Stretch], fixed: Collection[dt.date], apart: int, tomorrow: dt.date
) -> tuple[Planned, ...]:
    """One day out of each stretch, in order, `apart` weeks from each other and from those that are fixed.

    Raises Rejected where a stretch has no such day, with the reason.
    """
    horizon, cost = diary.horizon, _costs(diary)
    near = _near(horizon, fixed, apart)
    masks = []
    for one in wanted:
        within = horizon.between(max(one.first, tomorrow), one.last)
        if not within & diary.open:
            raise Rejected("no-day", _none_is_open(diary, one, within))
        masks.append(within & diary.open & ~near)
    days = _ordered(horizon, masks, cost, apart * A_WEEK)
    if days is None:
        raise Rejected(
            "too-near", f"The days that are left do not lie {apart} weeks apart. Widen the windows, or fix the days."
        )
    return tuple(
        Planned(number=one.number, on=day, missing=diary.missing(day)) for one, day in zip(wanted, days, strict=True)
    )


def closed_on(diary: Diary, on: dt.date) -> tuple[str, ...]:
    """The schools that do not work on a day, by name; all where nobody works."""
    mask = diary.horizon.mask([on])
    return tuple(sorted(name for name, days in diary.schools.items() if not days & mask))


def must_be_open(diary: Diary, on: dt.date, tomorrow: dt.date, *, although: bool) -> None:
    """Raises Rejected for a day that is over, and, unless `although`, for one on which a school is closed."""
    if on < tomorrow:
        raise Rejected("date-passed", f"{in_words(on)} is not to come any more.")
    if (closed := closed_on(diary, on)) and not although:
        names = ", ".join(closed[:3]) + (f" and {len(closed) - 3} more" if len(closed) > 3 else "")
        said = f"On {in_words(on)} no pupils are taught, or examinations are held, at {names}."
        raise Rejected("school-closed", f"{said} Name another day, or say --although.")


def must_be_apart(days: Sequence[dt.date], apart: int) -> None:
    """Raises Rejected where two days lie nearer than so many weeks."""
    for before, after in pairwise(sorted(days)):
        if after - before < dt.timedelta(weeks=apart):
            raise Rejected("too-near", f"{in_words(before)} and {in_words(after)} lie less than {apart} weeks apart.")


def _costs(diary: Diary) -> list[int]:
    days = diary.horizon.days
    missing = [sum(not mask >> number & 1 for mask in diary.people.values()) for number in range(len(days))]
    return [
        missing[number] * A_PERSON + (0 if day.weekday() in PREFERRED else A_WEEKDAY) for number, day in enumerate(days)
    ]


def _near(horizon: Horizon, fixed: Collection[dt.date], apart: int) -> int:
    """Mask of the days too near to one that is fixed."""
    distance = dt.timedelta(weeks=apart)
    return horizon.mask(day for day in horizon.days if any(abs(day - one) < distance for one in fixed))


def _ordered(horizon: Horizon, masks: Sequence[int], cost: Sequence[int], apart: int) -> list[dt.date] | None:
    size, tables = len(horizon.days), list[list[int]]()
    for mask in masks:
        before, best, row = tables[-1] if tables else None, NEVER, []
        for day in range(size):
            earlier = 0 if before is None else before[day - apart] if day >= apart else NEVER
            if mask >> day & 1 and earlier < NEVER:
                best = min(best, earlier + cost[day])
            row.append(best)
        tables.append(row)
    if tables and tables[-1][-1] >= NEVER:
        return None
    found, last = list[dt.date](), size - 1
    for row in reversed(tables):
        day = row.index(row[last])  # the first day at which the least is reached is the day itself
        found.append(horizon.days[day])
        last = day - apart
    return found[::-1]


def _none_is_open(diary: Diary, one: Stretch, within: int) -> str:
    """Why no day of a stretch will do: the schools that are closed on most of them."""
    said = f"No day from {in_words(one.first)} to {in_words(one.last)} is one on which all schools work."
    if not within:
        return f"{said} It has passed; name the days yourself."
    closed = sorted(((within & ~days).bit_count(), name) for name, days in diary.schools.items())
    worst = ", ".join(
        f"{name} is closed on {count} of {within.bit_count()}" for count, name in closed[-3:][::-1] if count
    )
    return f"{said} {worst}."
