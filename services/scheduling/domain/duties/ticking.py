"""Ticking off a week of duties: all done, except some."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.scheduling.domain.duties.records import Duty, PersonWeek, TickedWeek, monday
from services.scheduling.planner.wording import in_words
from shared.errors import Rejected
from shared.events.duties import DutyWeekTicked
from shared.template.cadences import AS_NEEDED

FRIDAY = dt.timedelta(days=4)
_DAY = dt.timedelta(days=1)
_SUNDAY = 6 * _DAY


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """Somebody's duties in the week from a Monday: each with its days that they had to do, and those as needed."""

    person_id: str
    week: dt.date
    days: Mapping[str, tuple[dt.date, ...]]
    as_needed: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Ticking:
    """What came of ticking: to save, and to publish."""

    weeks: tuple[TickedWeek, ...]
    person_week: PersonWeek
    event: DutyWeekTicked


def theirs(duties: Iterable[Duty], person_id: str, week: dt.date, skipped: Collection[dt.date] = ()) -> Theirs:
    """What of these duties is the person's to tick off that week. `skipped`: days on which nobody owes anything."""
    days: dict[str, tuple[dt.date, ...]] = {}
    as_needed = set[str]()
    for one in duties:
        if one.form:
            continue
        if one.cadence == AS_NEEDED and person_id in one.people_on(week + FRIDAY) and not one.ended:
            as_needed.add(one.duty_id)
        owed = tuple(
            day
            for day in one.within(week, week + _SUNDAY)
            if person_id in one.people_on(day) and day not in one.excused and day not in skipped
        )
        if owed:
            days[one.duty_id] = owed
    return Theirs(person_id=person_id, week=week, days=days, as_needed=frozenset(as_needed))


def ticked(
    own: Theirs,
    week: PersonWeek | None,
    today: dt.date,
    *,
    before: Mapping[tuple[str, dt.date], TickedWeek],
    not_done: Sequence[tuple[str, dt.date]],
    also: Sequence[str],
) -> Ticking:
    """All days of the week done, except those of `not_done`.

    Raises Rejected where the week is not over, and where a duty that is named is not the person's.
    """
    if week is None:
        raise _too_early(own, today)
    for duty, day in not_done:
        if day not in own.days.get(duty, ()):
            sentence = f"One of the duties named is not yours on {in_words(day)}. Open your list again."
            raise Rejected("not-your-duty", sentence)
    if any(one not in own.as_needed for one in also):
        raise Rejected("not-your-duty", "One of the duties named is not yours. Open your list again.")
    left = {*not_done}
    said = [
        _of(before, duty, week).said(days, [day for day in days if (duty, day) in left], own.person_id)
        for duty, days in own.days.items()
    ]
    said += [_of(before, duty, week).said([own.week + FRIDAY], [], own.person_id) for duty in also]
    after = week.model_copy(update={"ticked": True, "version": week.version + 1})
    facts = after.model_dump(exclude={"ticked", "excused"})
    every = sum(len(days) for days in own.days.values()) + len(also)
    event = DutyWeekTicked(**facts, done=every - len(left), not_done=len(left))
    return Ticking(weeks=tuple(said), person_week=after, event=event)


def _too_early(own: Theirs, today: dt.date) -> Rejected:
    """Why a week cannot be ticked off that was not told to be over."""
    if own.week > today:
        sentence = f"The week from {in_words(own.week)} has not begun yet. Tick it off when it is over."
        return Rejected("week-to-come", sentence)
    if own.days and own.week == monday(today):
        return Rejected("week-not-over", f"This week can be ticked off from {in_words(own.week + FRIDAY)}, 12:00.")
    return Rejected("nothing-to-tick", f"There are no duties to tick off in the week from {in_words(own.week)}.")


def _of(before: Mapping[tuple[str, dt.date], TickedWeek], duty_id: str, week: PersonWeek) -> TickedWeek:
    fresh = TickedWeek(duty_id=duty_id, programme_id=week.programme_id, week=week.monday)
    return before.get((duty_id, week.monday)) or fresh
