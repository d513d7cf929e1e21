"""What may be asked of `scheduling` about the duties of a programme: whose they are, ticking them off, sums."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, Message, OneLine, Query, Reply

Scope = Literal["own", "names", "counts", "all"]
MOST_DAYS = 400


class DutyDay(Message):
    """One day of a duty."""

    duty_id: str = Field(max_length=60)
    on: dt.date


class TickDuties(Command):
    """Tick off somebody's duties of the week from a Monday: all done, except those of `not_done`.

    `also`: duties without days, which came as needed that week.
    """

    service: ClassVar[str] = "scheduling"
    programme_id: str = Field(max_length=100)
    person_id: str = Field(max_length=100)
    week: dt.date = Field(description="any day of the week that is meant")
    not_done: tuple[DutyDay, ...] = Field((), max_length=MOST_DAYS)
    also: tuple[str, ...] = Field((), max_length=100, description="ids of duties")


class MoveDutyDay(Command):
    """Another day for a visit that a duty with hours brings, in the same period; nobody may be elsewhere then."""

    service: ClassVar[str] = "scheduling"
    programme_id: str = Field(max_length=100)
    activity: str = Field(max_length=60, description="the key of the duty in the template")
    school_id: str = Field(max_length=60)
    day: dt.date = Field(description="the day that it has")
    on: dt.date = Field(description="the day that it gets")


class CancelDutyDay(Command):
    """A visit that a duty with hours brings does not take place; nobody owes it, and no other day stands in for it."""

    service: ClassVar[str] = "scheduling"
    programme_id: str = Field(max_length=100)
    activity: str = Field(max_length=60, description="the key of the duty in the template")
    school_id: str = Field(max_length=60)
    day: dt.date = Field(description="the day that it has")
    why: OneLine = Field(min_length=1, max_length=200, description="kept beside the duty; no event or mail has it")


class DutyElsewhere(Reply):
    """What somebody has on days on which a duty needs them, as it stands now."""

    person_id: str
    what: str = Field(description="what they are at, with the school; or why they cannot")
    days: int = Field(description="on how many of the days")


class MovedDay(Reply):
    """A day that is not the usual one, and why."""

    on: dt.date
    why: str
    who: tuple[DutyElsewhere, ...] = Field((), description="who is where on the usual day, where that is why")


class DutyGap(Reply):
    """A period in which no day is possible, and why."""

    first: dt.date
    last: dt.date
    sentence: str
    who: tuple[DutyElsewhere, ...] = Field((), description="who is where, where the school is open")


class DutyRow(Reply):
    """A duty in a school year, and how many of its days stand how."""

    duty_id: str
    activity: str = Field(description="the key of the activity in the template")
    title: str
    strand: str = Field("", description="the title of its strand")
    school_id: str = ""
    school: str = ""
    person_ids: tuple[str, ...]
    cadence: str
    case: str = Field("", description="the category or role that its cadence is for")
    since: dt.date = Field(description="since when that cadence holds")
    decided_by: str = ""
    why: str = ""
    days: int
    done: int
    missed: int
    excused: int
    following: dt.date | None = Field(None, description="the next of its days")
    moved: tuple[MovedDay, ...] = ()
    called_off: tuple[MovedDay, ...] = Field((), description="days that the coordinator has called off, and why")
    gaps: tuple[DutyGap, ...] = ()
    ended: dt.date | None = None


class MissingCalendar(Reply):
    """Schools at which no duty is laid out, as their authority has no term dates of the school year."""

    authority_code: str
    year: int = Field(description="calendar year of its September")
    schools: tuple[str, ...] = Field(description="their names")


class DutyRows(Reply):
    """Duties, by school and activity."""

    total: int
    duties: tuple[DutyRow, ...]
    missing: tuple[MissingCalendar, ...] = ()


class ListDuties(Query):
    """The duties of a programme: at a school, of somebody, of one kind; all that are given must fit."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = DutyRows
    programme_id: str
    school_id: str = ""
    person_id: str = ""
    activity: str = Field("", description="the key of the activity in the template")
    year: int | None = Field(None, description="calendar year of its September; none: the current one")
    without_day: bool = Field(False, description="those alone that found no day in a period")
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class WeekDuty(Reply):
    """A duty with its days in a week, and what was said of them."""

    duty_id: str
    title: str
    strand: str = ""
    school: str = ""
    person_ids: tuple[str, ...] = Field(description="who does it, the asker among them")
    days: tuple[dt.date, ...] = Field((), description="empty for what comes as needed")
    done: tuple[dt.date, ...] = ()
    not_done: tuple[dt.date, ...] = ()


class DutyWeek(Reply):
    """Somebody's duties in a week. `can`: whether they can be ticked off by now."""

    week_id: str
    programme_id: str
    person_id: str
    monday: dt.date
    last: dt.date
    can: bool
    ticked: bool
    duties: tuple[WeekDuty, ...]


class ShowDutyWeek(Query):
    """Somebody's duties of one week: by its id, or by person and any day of it."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = DutyWeek
    week_id: str = ""
    programme_id: str = ""
    person_id: str = ""
    week: dt.date | None = None


class DutySum(Reply):
    """How many days of duties stand how: of a strand at a school, of an activity, or of a person at a school."""

    school_id: str = ""
    school: str = ""
    strand: str = Field("", description="the title of the strand")
    activity: str = Field("", description="the title of the activity; empty: all of the strand")
    person_id: str = Field("", description="empty where people are not named")
    due: int
    done: int
    missed: int
    excused: int
    open: int = Field(description="not ticked off yet, with time left")


class DutySums(Reply):
    """Sums, by school, strand, activity and person. `scope`: what the asker may see.

    With a `limit` those of a page of schools, the one with the most missed first; `schools`: of how many;
    `of_all`: the sum of them all.
    """

    scope: Scope
    first: dt.date
    last: dt.date
    sums: tuple[DutySum, ...]
    schools: int = 0
    of_all: DutySum | None = None


class SumDuties(Query):
    """How duties stand between two days, as far as somebody may see it; without a reader, as the coordinator does.

    People see their own; whom somebody leads, they see by name; whom the template names, counts by school and strand.
    """

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = DutySums
    programme_id: str
    reader_id: str = ""
    school_id: str = ""
    first: dt.date | None = Field(None, description="none: the first day of the school year")
    term: bool = Field(False, description="only the term of the last day, or the last term that has begun by then")
    last: dt.date | None = Field(None, description="none: today")
    concerning: Concerning = ()
    by_strand: bool = Field(False, description="only sums by school and strand, nobody by name")
    limit: int | None = Field(None, ge=1, le=500, description="schools on a page; none: all")
    offset: int = Field(0, ge=0)
