"""Reports, as blocks that are filled from forms, attendance, matches and tasks."""

import datetime as dt

from pydantic import Field

from shared.events.base import Fact
from shared.template.words import Declared, FieldKey, Key, People, Recipients, When


class Rate(Fact):
    """How many of the country's schools stand at the standard or above it, on a day, as somebody has published it."""

    of: str = Field(description="`overall`, or the area of a report card")
    percent: float = Field(ge=0, le=100, description="percent of the schools that were inspected")
    as_of: dt.date = Field(description="of this day")
    source: str = Field(description="who says so")


class Block(Fact):
    """A part of a report. `kind` is one of `blocks.BLOCKS`, which also says which settings it uses."""

    kind: str
    title: str = ""
    form: Key | None = Field(None, description="the form that fills it")
    field: FieldKey | None = Field(None, description="the question that fills it")
    bands: tuple[int, ...] = Field((), description="percent at which bands begin, shown in place of numbers")
    counts: tuple[str, ...] = Field((), description="the answers that count as taken up; none in `take-up`: every one")
    text: tuple[str, ...] = Field((), description="the template's own paragraphs")
    activity: Key | None = Field(None, description="the activity that fills it")
    round: Key | None = Field(None, description="the round that fills it")
    regime: str = Field("", description="`grades`: overall grades, given until August 2024; or `report-cards`")
    national: tuple[Rate, ...] = Field((), description="rates that its counts are shown beside")
    only: tuple[Key, ...] = Field((), description="categories of schools in whose report it stands; none: every one")
    below: int | None = Field(None, ge=0, le=100, description="percent done below which a strand stands out; none: 80")


class Report(Declared):
    """A report: what it is about, when it is made, what is in it, who gets it."""

    title: str
    about: str = Field(description="what it is about: a subject or a role")
    after: tuple[When, ...] = Field(
        description="what happened; about the programme also a moment of the clock; `ended`: the end of somebody's "
        "part; `coordinator`: when the coordinator asks for it"
    )
    blocks: tuple[Block, ...] = Field(description="its parts, in order")
    to: tuple[People, ...] = Field((), description="who gets it")
    also: tuple[Recipients, ...] = Field((), description="who besides, where a condition holds")
    release_of: Key | None = Field(None, description="to whoever may read the entries of this form")
    public: bool = Field(False, description="whether anybody may read it, once the coordinator publishes it")
    longest_pages: int | None = Field(None, ge=1, description="most pages")
