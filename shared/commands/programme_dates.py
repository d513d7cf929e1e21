"""All dates of a programme in one list: visits, events, days of courses and days that people agreed."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Query, Reply

DateKind = Literal["visit", "event", "session", "agreed"]
"""`session`: a day of a course; `agreed`: a visit or meeting on a day that its people agreed."""
DateState = Literal["draft", "published", "held", "cancelled"]
ClashRule = Literal["closed", "no-term", "bank-holiday", "examinations", "double"]


class DateClash(Reply):
    """Why a date to come clashes: a sentence, and for whom.

    `schools`: names of the first of them; `other_id`: the date of any programme at which the same people are to be.
    """

    rule: ClashRule
    sentence: str
    schools: tuple[str, ...] = ()
    person_ids: tuple[str, ...] = ()
    other_id: str = ""
    in_all: int = Field(0, description="how many schools or people it concerns")


class DateOfProgramme(Reply):
    """A date. `target_id`: its id; of a day of a course nobody is told of yet there is none.

    `school_id`: where a course is held at each school; `school_ids`, `person_ids`: those asked for, else the first.
    """

    kind: DateKind
    target_id: str = ""
    activity: str
    title: str
    on: dt.date
    starts: dt.time
    ends: dt.time
    state: DateState
    host_school_id: str = ""
    host: str = Field("", description="the name of the school at which it is")
    place: str = ""
    course_id: str = ""
    number: int = 0
    school_id: str = ""
    people: int = 0
    schools: int = 0
    declined: int = Field(0, description="how many have said that they cannot come")
    school_ids: tuple[str, ...] = ()
    person_ids: tuple[str, ...] = ()
    clashes: tuple[DateClash, ...] = ()


class ProgrammeDateRows(Reply):
    """A page of dates. `clashing`: how many dates to come clash; `first_clashes`: the first of them, on any page."""

    total: int
    dates: tuple[DateOfProgramme, ...]
    clashing: int = 0
    first_clashes: tuple[DateOfProgramme, ...] = ()


class ListProgrammeDates(Query):
    """Dates by day, drafts as well as published ones; what was cancelled only where its state is asked for."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = ProgrammeDateRows
    seconds: ClassVar[float] = 30.0
    programme_id: str
    first: dt.date | None = None
    last: dt.date | None = None
    kind: DateKind | None = None
    state: DateState | None = None
    school_ids: tuple[str, ...] = Field((), max_length=100, description="that concern one of these schools")
    person_ids: tuple[str, ...] = Field((), max_length=100, description="to which one of these people is invited")
    clashing: bool = Field(False, description="only those that clash")
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)
