"""Days of a course: one after another in their windows, apart, where no school is closed and fewest cannot come.

A dynamic programme over (how many are dated, the last day): the least that the first n days cost, the last of them no
later than d. It looks at each day of each stretch once.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.scheduling.domain.sessions.records import Planned
from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.wording import in_words
from shared.errors import Rejected

__all__ = ["Apart", "Diary", "Stretch", "best_days", "closed_on", "must_be_apart", "must_be_open", "stretches"]

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


@dataclass(frozen=True, slots=True)
class Apart:
    """How far two days lie from each other, at least: in weeks, or in weeks in which the schools teach."""

    weeks: int
    school_weeks: int = 0

    def numbers(self, diary: Diary) -> tuple[list[int], int]:
        """A number for each day, rising, and by how much those of two days differ at least."""
        days = diary.horizon.days
        if not self.school_weeks:
            return list(range(len(days))), self.weeks * A_WEEK
        taught = {_monday(day) for day in diary.horizon.dates(diary.open)}
        mondays = [_monday(day) for day in days]
        rank = {monday: place for place, monday in enumerate(sorted(taught))}
        found, last = list[int](), -1
        for monday in mondays:
            last = rank.get(monday, last)
            found.append(last)
        return found, self.school_weeks

    def in_words(self) -> str:
        """The distance, as people say it."""
        return f"{self.school_weeks} school weeks" if self.school_weeks else f"{self.weeks} weeks"

    def near(self, diary: Diary, fixed: Collection[dt.date]) -> int:
        """Mask of the days too near to one that is fixed."""
        horizon, (numbers, least) = diary.horizon, self.numbers(diary)
        if not self.school_weeks:
            distance = dt.timedelta(weeks=self.weeks)
            return horizon.mask(day for day in horizon.days if any(abs(day - one) < distance for one in fixed))
        places = [numbers[horizon.index[one]] for one in fixed if one in horizon.index]
        return horizon.mask(
            day
            for day, number in zip(horizon.days, numbers, strict=True)
            if any(abs(number - place) < least for place in places)
        )


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
    diary: Diary, wanted: Sequence[Stretch], fixed: Collection[dt.date], apart: Apart, tomorrow: dt.date
) -> tuple[Planned, ...]:
    """One day out of each stretch, in order, `apart` from each other and from those that are fixed.

    Raises Rejected where a stretch has no such day, with the reason.
    """
    horizon, cost = diary.horizon, _costs(diary)
    near = apart.near(diary, fixed)
    masks = []
    for one in wanted:
        within = horizon.between(max(one.first, tomorrow), one.last)
        if not within & diary.open:
            raise Rejected("no-day", _none_is_open(diary, one, within))
        masks.append(within & diary.open & ~near)
    days = _ordered(horizon, masks, cost, *apart.numbers(diary))
    if days is None:
        said = f"The days that are left do not lie {apart.in_words()} apart. Widen the windows, or fix the days."
        raise Rejected("too-near", said)
    return tuple(
        Planned(number=one.number, on=day, missing=diary.missing(day)) for one, day in zip(wanted, days, strict=True)
    )


def closed_on(diary: Diary, on: dt.date) -> tuple[str, ...]:
    """The schools that do not work on a day, by name; all where nobody works."""
    mask = diary.horizon.mask([on])
    return tuple(sorted(name for name, days in diary.schools.items() if not days & mask))


def must_be_open(diary: Diary, on: dt.date, tomorrow: dt.date, *, although: bool, because: str) -> tuple[str, ...]:
    """Return what was set aside for a day, and why. Raises Rejected where it is over, or a school is closed then.

    `although`: also where one is, for a reason.
    """
    if on < tomorrow:
        raise Rejected("date-passed", f"{in_words(on)} is not to come any more.")
    closed = closed_on(diary, on)
    if closed and although and not because.strip():
        raise Rejected("reason-needed", "Say why, although a school is closed (`--because`): it stands beside the day.")
    if closed and not although:
        names = ", ".join(closed[:3]) + (f" and {len(closed) - 3} more" if len(closed) > 3 else "")
        said = f"On {in_words(on)} no pupils are taught, or examinations are held, at {names}."
        other = "Name another day, or take this one all the same (`kindred sessions move --although --because WHY`)."
        raise Rejected("school-closed", f"{said} {other}")
    return (f"Set although a school is closed: {' '.join(because.split())}",) if closed else ()


def must_be_apart(diary: Diary, days: Sequence[dt.date], apart: Apart) -> None:
    """Raises Rejected where two days lie nearer than that. The diary reaches from the first to the last of them."""
    for before, after in pairwise(sorted(days)):
        if apart.near(diary, [before]) & diary.horizon.mask([after]):
            said = f"{in_words(before)} and {in_words(after)} lie less than {apart.in_words()} apart."
            raise Rejected("too-near", said)


def _costs(diary: Diary) -> list[int]:
    days = diary.horizon.days
    missing = [sum(not mask >> number & 1 for mask in diary.people.values()) for number in range(len(days))]
    return [
        missing[number] * A_PERSON + (0 if day.weekday() in PREFERRED else A_WEEKDAY) for number, day in enumerate(days)
    ]


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _ordered(
    horizon: Horizon, masks: Sequence[int], cost: Sequence[int], numbers: Sequence[int], least: int
) -> list[dt.date] | None:
    """The days, one out of each mask, whose numbers differ by `least`; None where there are none."""
    size, tables = len(horizon.days), list[list[int]]()
    latest = [bisect_right(numbers, number - least) - 1 for number in numbers]
    for mask in masks:
        before, best, row = tables[-1] if tables else None, NEVER, []
        for day in range(size):
            earlier = 0 if before is None else before[latest[day]] if latest[day] >= 0 else NEVER
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
        last = latest[day]
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
