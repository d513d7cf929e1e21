"""Lays a duty out over the school days of a year, and again when something has changed.

Days that are over stay as they were. A day that is still possible stays, too: only what must move is moved. Who joins
part-way has what is left: a period counts where at least half of its school days are left. Where the cadence changes on
a day, the old one holds before it and the new one from then on; a period in which the duty fell already is passed over.
"""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.scheduling.domain.dates.duties import KEEPS_WEEKDAY, Cadence, placed
from services.scheduling.domain.duties.found import Found
from services.scheduling.domain.duties.lines import Line
from services.scheduling.domain.duties.places import Places
from services.scheduling.domain.duties.records import Duty, Gap, Holders, Rhythm
from services.scheduling.domain.duties.years import Period, SchoolYear
from services.scheduling.planner.wording import in_words

_A_WEEK = 5
"""School days: the usual distance of two days of a duty that is rarer than monthly."""
_DAY = dt.timedelta(days=1)
NOTICE = dt.timedelta(weeks=2)
"""How long before people know of a new day on which somebody visits a school, where the period allows it."""


def laid_out(line: Line, before: Duty | None, year: SchoolYear, places: Places, today: dt.date) -> Duty:
    """The duty with its days in that year. Takes its places, so that others see them."""
    old = before or _new(line, year)
    holders = _holders(old.holders, line.person_ids, max(today, line.since))
    found = Found(old.model_copy(update={"holders": holders, "rhythms": line.rhythms, "ended": None}), today, year)
    for rhythm, first, last in _segments(line.rhythms, max(line.since, today), year):
        _lay(found, Cadence(rhythm.cadence), year.terms.between(first, last), line=line, year=year, places=places)
    return found.duty()


def closed(duty: Duty, year: SchoolYear, today: dt.date) -> Duty:
    """The duty once nobody has it any more: its days to come fall away, what was stays."""
    if duty.ended:
        return duty
    return Found(duty, today, year).duty().model_copy(update={"ended": today, "gaps": ()})


def _new(line: Line, year: SchoolYear) -> Duty:
    one = line.activity
    return Duty(
        duty_id=line.duty_id,
        programme_id=line.programme_id,
        year=year.first_september,
        activity=one.key,
        strand=one.strand,
        school_id=line.school_id,
        form=one.form or "",
        holders=(),
        rhythms=line.rhythms,
        since=line.since,
    )


def _holders(before: Sequence[Holders], people: tuple[str, ...], since: dt.date) -> tuple[Holders, ...]:
    if before and before[-1].person_ids == people:
        return tuple(before)
    earlier = [one for one in before if one.since < since]
    return (*earlier, Holders(since=since, person_ids=people))


def _segments(rhythms: Sequence[Rhythm], first: dt.date, year: SchoolYear) -> Iterator[tuple[Rhythm, dt.date, dt.date]]:
    """Each cadence with the days between which it holds, from `first` on."""
    ends = [*(one.since - _DAY for one in rhythms[1:]), year.horizon.days[-1]]
    for rhythm, last in zip(rhythms, ends, strict=True):
        if last >= first:
            yield rhythm, max(rhythm.since, first), last


@dataclass(frozen=True, slots=True)
class _Due:
    """A period in which the duty is due: what is left of it, the days on which it may be, the one that it had."""

    period: Period
    left: int
    able: int
    planned: int


def _lay(found: Found, cadence: Cadence, window: int, *, line: Line, year: SchoolYear, places: Places) -> None:
    """Lay one cadence out over the days of the window."""
    if cadence is Cadence.DAILY:
        found.every(window & year.open)
        return
    elsewhere = places.elsewhere(line.person_ids, line.school_id)
    visiting = places.visiting(line.person_ids, line.school_id) if line.activity.hosted else None
    wanted = list(_due(found, cadence, window, year=year, elsewhere=elsewhere, visiting=visiting))
    able = [one for one in wanted if one.able]
    found.gaps += [_gap(one, year) for one in wanted if not one.able]
    if not able:
        return
    days, found.weekday = _placed(cadence, able, line, year, found.weekday)
    for one, day in zip(able, days, strict=True):
        same = year.horizon.mask([day]) == one.planned
        usual = _usual(one, day, found.weekday, year)
        why = None if same else _why(usual, day, year)
        found.falls(day, one.period.last, why, usual if why and _teaches(usual, year) else None)
    mask = year.horizon.mask(days)
    afternoons = elsewhere[0] & mask
    found.afternoons |= afternoons
    places.take(line.person_ids, line.school_id, mask & ~afternoons, afternoons)
    if line.activity.hosted:
        places.visit(line.person_ids, line.school_id, mask)
    if weeks := line.activity.apart_school_weeks:
        _too_near(found, weeks, year)


def _due(
    found: Found, cadence: Cadence, window: int, *, year: SchoolYear, elsewhere: tuple[int, int], visiting: int | None
) -> Iterator[_Due]:
    """`visiting`: of a duty with hours, the days on which its people visit other schools; None: it has no hours.

    Nobody visits a school in a week in which it is inspected, nor at a few days' notice.
    """
    mornings, afternoons = elsewhere
    hosted = visiting is not None
    possible = year.open & ~year.horizon.mask(year.inspected) & ~(visiting or 0) if hosted else year.open
    whole, half = possible & ~(mornings | afternoons), possible & ~(mornings & afternoons)
    kept = found.planned & (found.old_afternoons & ~afternoons | ~found.old_afternoons & ~mornings) & possible
    later = whole & year.terms.between(found.today + NOTICE, year.horizon.days[-1]) if hosted else whole
    before, fell = found.planned & window, found.mask
    for period in year.terms.periods(cadence):
        left = period.days & window
        if not left or fell & period.span:
            continue
        planned = before & period.span
        planned &= -planned
        if not planned and 2 * left.bit_count() < period.days.bit_count():
            continue
        yield _Due(period, left, kept & planned or left & later or left & whole or left & half, planned)


def _placed(
    cadence: Cadence, able: Sequence[_Due], line: Line, year: SchoolYear, weekday: int | None
) -> tuple[tuple[dt.date, ...], int | None]:
    """The day of each period; what is rarer than monthly is spread over school days."""
    if cadence in KEEPS_WEEKDAY:
        return placed(cadence, year.horizon, [one.able for one in able], weekday=weekday)
    school = year.terms.school_days
    masks = [school.mask(year.horizon.dates(one.able)) for one in able]
    return placed(cadence, school, masks, (line.activity.apart_school_weeks or 1) * _A_WEEK)


def _gap(one: _Due, year: SchoolYear) -> Gap:
    first, *others = year.horizon.dates(one.left)
    last = others[-1] if others else first
    span = f"Between {in_words(first)} and {in_words(last)}" if others else f"On {in_words(first)}"
    if not one.left & year.open:
        return Gap(first=first, last=last, sentence=f"{span} the school is closed.")
    sentence = f"{span} somebody is elsewhere on each of the {one.left.bit_count()} school days."
    return Gap(first=first, last=last, sentence=sentence)


def _usual(one: _Due, day: dt.date, weekday: int | None, year: SchoolYear) -> dt.date:
    """The day on which one would expect it."""
    if one.planned:
        return next(year.horizon.dates(one.planned))
    return day if weekday is None else day + dt.timedelta(days=weekday - day.weekday())


def _why(usual: dt.date, day: dt.date, year: SchoolYear) -> str:
    """Why this is not the day on which one would expect it; nothing where it is."""
    if usual == day:
        return ""
    if usual in year.closed:
        return f"On {in_words(usual)} the school is closed."
    if usual not in year.terms.terms.days:
        return f"{in_words(usual)} is no school day."
    return f"On {in_words(usual)} somebody is elsewhere."


def _teaches(day: dt.date, year: SchoolYear) -> bool:
    """Whether the school is open and teaches on that day, so that only somebody's absence speaks against it."""
    return day not in year.closed and day in year.terms.terms.days


def _too_near(found: Found, weeks: int, year: SchoolYear) -> None:
    """Say of days that are nearer to the one before than the template wants that no other day was possible."""
    days = sorted(found.ends)
    for earlier, day in itertools.pairwise(days):
        between = (year.terms.days & year.terms.between(earlier + _DAY, day)).bit_count()
        if found.is_new(day) and between < weeks * _A_WEEK:
            found.moved[day] = f"Less than {weeks} school weeks after {in_words(earlier)}: no other day was possible."
