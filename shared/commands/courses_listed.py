"""The courses of a programme in a list: how far each is. Where each school has its own, that is one a school."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.commands.base import Query, Reply


class CourseRow(Reply):
    """A course. `days`: how many it has; `planned`: of them nobody is told yet; `next_on`: the first still to come.

    `school_id`: a school by which commands name it; `school`: what it is called after, schools that train together too.
    `taken`, `asked`, `waiting`, `ended`: places; `open`: days that somebody is still to make up for.
    """

    course_id: str
    activity: str
    title: str
    school_id: str = ""
    school: str = ""
    days: int
    planned: int = 0
    published: int = 0
    held: int = 0
    next_on: dt.date | None = None
    room: int | None = None
    taken: int = 0
    asked: int = 0
    waiting: int = 0
    ended: int = 0
    open: int = 0


class CourseKind(Reply):
    """A course that the template declares. `each_school`: whether schools, alone or some together, have their own."""

    activity: str
    title: str
    each_school: bool
    courses: int = 0


class CourseRows(Reply):
    """A page of courses, and all that the template declares."""

    total: int
    courses: tuple[CourseRow, ...]
    declared: tuple[CourseKind, ...] = ()


class BrowseCourses(Query):
    """Courses in the order of the template, each by the name that it is called after."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CourseRows
    programme_id: str
    activity: str = Field("", description="only this one")
    search: str = Field("", max_length=100, description="part of a name that they are called after")
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0)
