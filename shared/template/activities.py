"""Everything dated: events, visits, agreed visits, meetings, sessions, calls, duties."""

import datetime as dt

from pydantic import Field

from shared.events.base import Fact
from shared.template.cadences import Cadence
from shared.template.kinds import DUTY
from shared.template.words import Declared, Entry, Key, People, Recipients, When


class Venue(Fact):
    """Where something takes place."""

    name: str = Field("", description="what it is called")
    address: str = Field("", description="for the invitation")
    access: str = Field("", description="how to get in, and step-free access")
    capacity: int | None = Field(None, ge=1, description="most people")


class AgendaItem(Fact):
    """One item of an agenda."""

    title: str
    speaker: str = Field("", description="who speaks")
    sector: str = Field("", description="where they are from: schools, university, business")
    material: str = Field("", description="a link")


class Route(Fact):
    """The way that schools of some categories take through a course: what each of its windows is about for them."""

    only: tuple[Key, ...] = Field(description="the categories of schools that go this way")
    of: Key = Field(description="the list whose entries the themes are")
    themes: tuple[Key, ...] = Field(description="one for each window under `during`, in their order")


class Attendance(Fact):
    """What a course of sessions asks of those who come. Who leaves before the end of a day was not there."""

    every_date: tuple[People, ...] = Field(
        (), description="who ticks every date beforehand; one that is declined, missed or left early ends the place"
    )
    catch_up: tuple[People, ...] = Field(
        (), description="who makes up for a date that they missed, or that was before they joined, by the next one"
    )
    named_only: tuple[People, ...] = Field((), description="refused: so it is everywhere")
    deputy: bool = Field(False, description="refused: name their role under `who`")


class Tables(Fact):
    """How people are seated."""

    by: str = Field("shared-needs", description="`shared-needs`: people with needs in common sit together")
    size: int = Field(8, ge=2, description="people at a table")


class Dating(Fact):
    """How dates are found and changed."""

    spacing_working_days: int = Field(10, ge=0, description="fewest working days between two dates of one school")
    notice_working_days: int = Field(10, ge=0, description="nearer dates are frozen; a decline goes to the coordinator")
    preferred_weekdays: tuple[int, ...] = Field((3, 4), description="0 Monday to 6 Sunday")
    publish_needs_coordinator: bool = Field(True, description="whether a coordinator publishes the dates")


class Activity(Declared):
    """Something dated. `kind` is one of `kinds.ACTIVITIES`, which also says which settings it uses."""

    kind: str
    title: str
    purpose: str = Field("", description="why, in a sentence for the invitation")
    who: tuple[People, ...] = Field(description="who is invited")
    optional: tuple[Recipients, ...] = Field((), description="who is invited besides, where a condition holds")
    facilitated: bool = Field(False, description="whether a facilitator leads it")
    at: str = Field(
        "",
        description="`host`: at the school that hosts; `venue`: at the venue; `online`; `school`: at each school",
    )
    opens: When = Field("", description="the first day on which it may take place")
    closes: When = Field("", description="the last day")
    starts: dt.time | None = Field(None, description="time of day")
    ends: dt.time | None = Field(None, description="time of day")
    least: int = Field(1, ge=1, description="how many times, at least")
    most: int | None = Field(None, ge=1, description="how many times, at most")
    as_many_as: str = Field("", description="`form.field`: the told number of what is placed says how many times")
    doings: tuple[Entry, ...] = Field((), description="what may be done there")
    hold_working_days: int = Field(5, ge=1, description="how long offered days are kept free")
    venue: Venue | None = Field(None, description="where, if not at a school")
    agenda: tuple[AgendaItem, ...] = Field((), description="its items")
    tables: Tables | None = Field(None, description="how people are seated")
    papers: tuple[Key, ...] = Field(
        (), description="reports that are read before: linked, or compiled so many days before (`papers_days`)"
    )
    papers_days: int = Field(7, ge=1, le=60, description="of a course: how many days before each day")
    minutes: People = Field(
        "",
        description="who writes the minutes; a form under the key `<activity>-minutes` stands in place of ours",
    )
    pack: Key | None = Field(None, description="the form whose entry goes with the invitation")
    during: tuple[Key, ...] = Field((), description="windows of the clock in which its days lie, in their order")
    each: int = Field(1, ge=1, le=20, description="how many of its days lie in each window")
    apart_weeks: int = Field(1, ge=1, description="fewest weeks between two of its days")
    led_by: People = Field("", description="who says who came; the coordinator may, too")
    sign_up: bool = Field(
        False,
        description="whether people sign up themselves, first come, first served: nobody is asked, so that a mail on a "
        "moment of the clock tells them",
    )
    picking: bool = Field(False, description="whether people may come to some of its days and not to others")
    routes: tuple[Route, ...] = Field((), description="of a course: which way schools of a category go through it")
    attendance: Attendance | None = Field(None, description="what is asked of those who come")
    dating: Dating | None = Field(None, description="how dates are found and changed")
    lasts: int | None = Field(None, ge=5, le=120, description="minutes that a call takes")
    asks: Key | None = Field(None, description="the form whose questions are answered when a call is booked")
    strand: str = Field("", description="the entry of the list `strands` that it belongs to")
    over: str = Field("", description="a relation: once for whoever stands in it and whom they stand in it to")
    cadence: Cadence = Field("", description="how often, or `by: category` or `by: role` and how often for each")
    apart_school_weeks: int | None = Field(None, ge=1, description="fewest school weeks between two of its days")
    invite_weeks: int = Field(
        6, ge=1, le=30, description="of a duty with hours: how many weeks before each of its days people are invited"
    )
    tick: str = Field("", description="`weekly`: its people tick it off once a week")
    form: Key | None = Field(None, description="the form about the school whose entry shows that it was done")
    confidential: str = Field("", description="`existence-only`: that it took place is all that can be kept of it")

    @property
    def hosted(self) -> bool:
        """Whether it is a duty whose days are visits to a school, with hours, to which people are invited."""
        return self.kind == DUTY and self.starts is not None

    def route(self, category: str) -> Route | None:
        """The way that schools of a category take through the course; None where the template says none for them."""
        return next((one for one in self.routes if category in one.only), None)
