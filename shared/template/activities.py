"""Everything dated: events, visits, agreed visits, meetings."""

import datetime as dt

from pydantic import Field

from shared.events.base import Fact
from shared.template.words import Declared, Entry, Key, People, Recipients, When


class Venue(Fact):
    """Where something takes place."""

    name: str = ""
    address: str = ""
    access: str = ""
    capacity: int | None = Field(None, ge=1)


class AgendaItem(Fact):
    """One item of an agenda."""

    title: str
    speaker: str = ""
    sector: str = ""
    material: str = Field("", description="a link")


class Attendance(Fact):
    """Who counts as having been there."""

    named_only: tuple[People, ...] = Field((), description="nobody may stand in for them unless the coordinator allows")
    deputy: bool = False


class Tables(Fact):
    """How people are seated."""

    by: str = "shared-needs"
    size: int = Field(8, ge=2)


class Dating(Fact):
    """How dates are found and changed."""

    spacing_working_days: int = Field(10, ge=0)
    notice_working_days: int = Field(10, ge=0, description="nearer dates are frozen; a decline goes to the coordinator")
    preferred_weekdays: tuple[int, ...] = Field((3, 4), description="0 Monday to 6 Sunday")
    publish_needs_coordinator: bool = True


class Activity(Declared):
    """Something dated. `kind` is one of `kinds.ACTIVITIES`, which also says which settings it uses."""

    kind: str
    title: str
    purpose: str = ""
    who: tuple[People, ...]
    optional: tuple[Recipients, ...] = ()
    facilitated: bool = False
    at: str = Field("", description="`host`: at the school that hosts; `venue`: at the venue; `online`")
    opens: When = Field("", description="the first day on which it may take place")
    closes: When = Field("", description="the last day")
    starts: dt.time | None = None
    ends: dt.time | None = None
    least: int = Field(1, ge=1, description="how many times, at least")
    most: int | None = Field(None, ge=1)
    doings: tuple[Entry, ...] = ()
    hold_working_days: int = Field(5, ge=1, description="how long offered days are kept free")
    venue: Venue | None = None
    agenda: tuple[AgendaItem, ...] = ()
    tables: Tables | None = None
    papers: tuple[Key, ...] = Field((), description="reports that are attached by link")
    minutes: People = ""
    pack: Key | None = Field(None, description="the form whose entry goes with the invitation")
    attendance: Attendance | None = None
    dating: Dating | None = None
