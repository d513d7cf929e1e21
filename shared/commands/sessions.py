"""Commands and queries about courses of sessions: their dates, who comes, who came. `scheduling` answers them.

Where `by` or `person_id` may be empty, the coordinator acts.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, Message, Query, Reply

Was = Literal["present", "part", "absent"]
"""Whether somebody was there; who was there for a part of the day was not."""
PlaceState = Literal["asked", "waiting", "taken", "ended"]
SessionState = Literal["planned", "published", "over", "held", "cancelled"]


class OfCourse(Message):
    """About a course. `school_id`: that of a school alone, where each has its own, or of whom it trains with."""

    programme_id: str
    activity: str
    school_id: str = ""


Because: str = Field("", max_length=200, description="why, with `although`; it stands beside the day")


class PlanSessions(OfCourse, Command):
    """Find days for a course, on which the schools of its people are open and fewest cannot come. Nobody is told."""

    service: ClassVar[str] = "scheduling"


class SetSessions(OfCourse, Command):
    """Fix the days of a course, as many as the template says. `although`: also where a school is closed."""

    service: ClassVar[str] = "scheduling"
    days: tuple[dt.date, ...] = Field(min_length=1, max_length=100)
    although: bool = False
    because: str = Because


class PublishSessions(OfCourse, Command):
    """Invite to the days that are planned. `days`, `count`: what was looked at; others planned since are refused."""

    service: ClassVar[str] = "scheduling"
    days: tuple[dt.date, ...] = Field((), max_length=100, description="the days; none: whichever are planned")
    count: int | None = Field(None, description="how many days, of all schools together")


class LimitCourse(OfCourse, Command):
    """So many have room in a course, in place of what the template says of its venue. Nobody loses a place by it."""

    service: ClassVar[str] = "scheduling"
    room: int = Field(ge=1, le=100_000)


class MoveSession(Command):
    """A day of a course is on another date."""

    service: ClassVar[str] = "scheduling"
    course_id: str
    number: int
    on: dt.date
    although: bool = False
    because: str = Because


class CancelSession(Command):
    """A day of a course does not take place."""

    service: ClassVar[str] = "scheduling"
    course_id: str
    number: int


class TickSessions(Command):
    """Somebody says to which days of a course they come."""

    service: ClassVar[str] = "scheduling"
    course_id: str
    person_id: str
    numbers: tuple[int, ...] = Field(max_length=100)


class SessionLine(Message):
    """Whether somebody was there."""

    person_id: str
    was: Was


class RecordSession(Command):
    """Say who came to a day of a course, of everybody who was invited; said again, it is corrected."""

    service: ClassVar[str] = "scheduling"
    course_id: str
    number: int
    by: str = ""
    lines: tuple[SessionLine, ...] = Field(min_length=1, max_length=4000)


class CatchUpSessions(Command):
    """Somebody has made up for days that they missed; they say so themselves, or whoever leads the course does."""

    service: ClassVar[str] = "scheduling"
    course_id: str
    person_id: str
    numbers: tuple[int, ...] = Field(min_length=1, max_length=100)
    by: str = ""


class EndCoursePlace(Command):
    """Somebody comes no more. `words`: why, kept beside the place; no event carries them."""

    service: ClassVar[str] = "scheduling"
    course_id: str
    person_id: str
    by: str = ""
    words: str = Field("", max_length=1000)


class SessionRow(Reply):
    """A day of a course. `missing`: who could not come when it was planned; `closed`: schools that are closed then.

    `theme`: what it is about for the school of the place that was asked for, where the course has routes.
    """

    number: int
    on: dt.date
    starts: dt.time
    ends: dt.time
    place: str = ""
    state: SessionState
    event_id: str = ""
    invited: int = 0
    present: int = 0
    missing: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    theme: str = ""


class CoursePlaceRow(Reply):
    """Somebody's place. `came`, `missed`, `caught_up`: numbers of days; `numbers`: the days picked, none: all."""

    place_id: str
    person_id: str
    who: str
    role: str
    school_id: str | None = None
    school: str = ""
    state: PlaceState
    why: str = ""
    numbers: tuple[int, ...] = ()
    came: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()
    caught_up: tuple[int, ...] = ()


class CourseDetail(Reply):
    """A course with its days and a page of its people. `days`: how many the template says; `school`: where it is held.

    `named`: how many people the template names for it now, whether or not they have a place; `by_state`: how many
    places there are; `total`: how many fit.
    """

    course_id: str
    programme_id: str
    activity: str
    title: str
    days: int
    school_id: str = ""
    school: str = ""
    signs_up: bool = False
    picking: bool = False
    capacity: int | None = None
    named: int = 0
    leaders: tuple[str, ...] = ()
    sessions: tuple[SessionRow, ...] = ()
    places: tuple[CoursePlaceRow, ...] = ()
    by_state: dict[PlaceState, int] = Field({})
    total: int = 0


class ShowCourse(Query):
    """A course, as soon as its programme is there. `school_id`: of which school, where each has its own.

    The places come by school, those that are taken first.
    """

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CourseDetail
    programme_id: str
    activity: str
    school_id: str = ""
    place_state: PlaceState | None = None
    place_id: str = Field("", max_length=100, description="only this place")
    concerning: Concerning = ()
    limit: int = Field(10_000, ge=0, le=10_000, description="places on a page")
    offset: int = Field(0, ge=0)


class Courses(Reply):
    """The courses of a programme."""

    courses: tuple[CourseDetail, ...]


class ListCourses(Query):
    """All courses of a programme."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = Courses
    programme_id: str


class CoursePlaceDetail(Reply):
    """A course as one of its people sees it. `every_date`: they come to all of it; `whole`: dates are not picked."""

    course_id: str
    programme_id: str
    activity: str
    title: str
    purpose: str = ""
    every_date: bool
    whole: bool
    signs_up: bool = False
    free: int | None = Field(None, description="how many more have room; none: everybody has")
    catching_up: bool
    place: CoursePlaceRow
    sessions: tuple[SessionRow, ...]


class ShowCoursePlace(Query):
    """Somebody's place in a course."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CoursePlaceDetail
    place_id: str


class CoursesOpen(Reply):
    """Courses for which somebody may sign up, or has."""

    courses: tuple[CoursePlaceDetail, ...]


class ListCoursesOpen(Query):
    """The courses of a programme for which a person may sign up, with their dates and how many have room."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CoursesOpen
    programme_id: str
    person_id: str


class SessionGuest(Reply):
    """Somebody who was invited to a day, and whether they were there, once that is said."""

    person_id: str
    role: str
    school: str = ""
    every_date: bool = False
    was: Was | Literal[""] = ""


class SessionDetail(Reply):
    """A day of a course. `leaders`: who says who came."""

    course_id: str
    programme_id: str
    activity: str
    title: str
    number: int
    on: dt.date
    state: SessionState
    leaders: tuple[str, ...]
    guests: tuple[SessionGuest, ...]


class ShowSession(Query):
    """A day of a course, by its event."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = SessionDetail
    event_id: str
