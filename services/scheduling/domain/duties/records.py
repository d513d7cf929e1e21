"""What is kept of a duty: one record for each commitment and school year, and one for each week that was ticked off.

Days are in the record of their duty and nowhere else: a daily duty is one record with some two hundred days.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from services.scheduling.domain.record import Record

Standing = Literal["done", "missed", "excused", "open", "to-come"]
TRUST = ""
"""The place of what takes place at no school."""
_WEEK = dt.timedelta(weeks=1)
GRACE = 2 * _WEEK
"""From the Monday of a week until nobody is waited for any more: its days that nobody ticked off are missed."""


class Holders(Record):
    """Whose the duty is from a day on."""

    since: dt.date
    person_ids: tuple[str, ...]


class Rhythm(Record):
    """How often it comes from a day on, for which category of schools or which role; who decided that, and why."""

    since: dt.date
    cadence: str
    case: str = ""
    decided_by: str = ""
    why: str = ""


class Gap(Record):
    """A period in which no day is possible, and why."""

    first: dt.date
    last: dt.date
    sentence: str


class Duty(Record):
    """A commitment in a school year. Several people: they do it together.

    `days` are in order; `ends` has the last day of the period of each, and is empty where each day is a period of its
    own. `afternoons`: days on whose morning somebody is at another place. `moved`: day -> why it is not the usual one;
    `instead_of`: day -> the usual one, where somebody is elsewhere on it. `excused`: day -> why nobody owes it;
    `called_off`: day -> the coordinator's words, where that is why. `visits`: to how many of its days people were
    invited, where it has hours.
    """

    duty_id: str
    programme_id: str
    year: int
    activity: str
    strand: str = ""
    school_id: str = TRUST
    form: str = ""
    holders: tuple[Holders, ...]
    rhythms: tuple[Rhythm, ...]
    days: tuple[dt.date, ...] = ()
    ends: tuple[dt.date, ...] = ()
    weekday: int | None = None
    afternoons: tuple[dt.date, ...] = ()
    moved: dict[dt.date, str] = Field(default_factory=dict)
    instead_of: dict[dt.date, dt.date] = Field(default_factory=dict)
    excused: dict[dt.date, str] = Field(default_factory=dict)
    called_off: dict[dt.date, str] = Field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    since: dt.date
    ended: dt.date | None = None
    visits: int = 0

    def people_on(self, day: dt.date) -> tuple[str, ...]:
        """Whose it is on that day; the first to have had it, before."""
        at = bisect_right(self.holders, day, key=lambda one: one.since)
        return self.holders[max(at - 1, 0)].person_ids

    @property
    def people(self) -> frozenset[str]:
        """Everybody whose it is or was."""
        return frozenset(person for one in self.holders for person in one.person_ids)

    @property
    def cadence(self) -> str:
        """How often it comes by the last decision."""
        return self.rhythms[-1].cadence

    def end_of(self, day: dt.date) -> dt.date:
        """The last day of the period that this day stands for."""
        return self.ends[bisect_left(self.days, day)] if self.ends else day

    def without(self, person: str) -> "Duty":
        """The same without somebody who is to be forgotten."""
        holders = tuple(
            one.model_copy(update={"person_ids": tuple(each for each in one.person_ids if each != person)})
            for one in self.holders
        )
        rhythms = tuple(
            one.model_copy(update={"decided_by": "" if one.decided_by == person else one.decided_by})
            for one in self.rhythms
        )
        return self.model_copy(update={"holders": holders, "rhythms": rhythms})

    def within(self, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
        """Its days between these two, both included."""
        return tuple(day for day in self.days if first <= day <= last)


class TickedWeek(Record):
    """What was said of a duty's days in the week from a Monday: done, or not. What somebody did stays done."""

    duty_id: str
    programme_id: str
    week: dt.date
    done: tuple[dt.date, ...] = ()
    not_done: tuple[dt.date, ...] = ()
    by: str = ""

    def said(self, days: Iterable[dt.date], not_done: Iterable[dt.date], by: str) -> "TickedWeek":
        """The same once somebody has said it of these days, all of them but some."""
        left = frozenset(not_done)
        done = {*self.done, *(day for day in days if day not in left)}
        missing = {*self.not_done, *left} - done
        return self.model_copy(update={"done": tuple(sorted(done)), "not_done": tuple(sorted(missing)), "by": by})


class PersonWeek(Record):
    """Somebody's duties in the week from `monday`, once it is over; `version` counts its events.

    `excused`: why they owe nothing of it any more, as was told.
    """

    week_id: str
    programme_id: str
    person_id: str
    school_id: str | None = None
    monday: dt.date
    last: dt.date
    ticked: bool = False
    excused: str = ""
    version: int = 1


def monday(day: dt.date) -> dt.date:
    """The Monday of its week."""
    return day - dt.timedelta(days=day.weekday())


def standing(duty: Duty, day: dt.date, ticks: TickedWeek | None, today: dt.date, *, paused: bool = False) -> Standing:
    """How one of its days stands. `ticks`: what was said of its week; `paused`: the programme stood still that day."""
    if ticks and day in ticks.done:
        return "done"
    if day in duty.excused or paused:
        return "excused"
    if day > today:
        return "to-come"
    if ticks and day in ticks.not_done:
        return "missed"
    over = duty.end_of(day) < today if duty.form else monday(day) + GRACE <= today
    return "missed" if over else "open"
