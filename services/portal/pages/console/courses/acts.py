"""What a form of a course's page asks for, as a command."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from services.portal.domain.reading import date_from, whole_number
from services.portal.pages.console.dates.meanwhile import changed_meanwhile
from shared.commands.base import Command
from shared.commands.event_programmes import DescribeCohortEvent, EventVenue
from shared.commands.sessions import (
    CancelSession,
    CatchUpSessions,
    CourseDetail,
    CoursePlaceRow,
    EndCoursePlace,
    LimitCourse,
    MoveSession,
    PlanSessions,
    SessionRow,
    SetSessions,
    TickSessions,
)
from shared.errors import Rejected

__all__ = ["command", "days_missing", "of_course"]

WHICH_DAY = Rejected("which-day", "Write each day as 2027-01-04.")
NOBODY = Rejected("unknown-place", "This place is not there any more. Look at the page anew.")


def of_course(course: CourseDetail) -> dict[str, str]:
    """Which course it is, as commands name it."""
    return {"programme_id": course.programme_id, "activity": course.activity, "school_id": course.school_id}


def days_missing(course: CourseDetail) -> int:
    """How many days are in no calendar yet."""
    return course.days - len([one for one in course.sessions if one.state not in {"planned", "cancelled"}])


def command(course: CourseDetail, posted: Mapping[str, str]) -> Command | None:
    """Return the command; None where nothing was chosen. Raises Rejected with what to write."""
    what, _, which = posted.get("do", "").partition(":")
    match what:
        case "find-days":
            return PlanSessions(**of_course(course))
        case "set":
            written = [posted.get(f"day-{number}", "").strip() for number in range(1, 101)]
            days = tuple(_day(one) for one in written if one)
            if not days:
                raise WHICH_DAY
            return SetSessions(**of_course(course), days=days, **_overruled(posted))
        case "room":
            room = whole_number(posted.get("room", ""))
            if not 1 <= room <= 100_000:
                raise Rejected("which-number", "Write how many have room as a number, such as 30.")
            return LimitCourse(**of_course(course), room=room)
        case "move" | "cancel" | "venue":
            return _about_a_day(course, what, whole_number(which), posted)
        case "tick" | "made-up" | "end":
            return _about_a_place(course, what, which, posted)
        case _:
            return None


def _about_a_day(course: CourseDetail, what: str, number: int, posted: Mapping[str, str]) -> Command:
    day = _dated(course, number)
    changed_meanwhile(posted, day.on)
    if what == "cancel":
        return CancelSession(course_id=course.course_id, number=number)
    if what == "venue":
        given: dict[str, Any] = {name: posted.get(name, "").strip() for name in ("name", "address", "access")}
        try:
            return DescribeCohortEvent(event_id=day.event_id, venue=EventVenue.model_validate(given))
        except ValidationError:
            raise Rejected("unreadable-venue", "Write name, address and way in in one short line each.") from None
    on = _day(posted.get("on", "").strip())
    return MoveSession(course_id=course.course_id, number=number, on=on, **_overruled(posted))


def _overruled(posted: Mapping[str, str]) -> dict[str, Any]:
    """Whether a day is taken although a school is closed, and why."""
    return {"although": posted.get("although") == "yes", "because": posted.get("because", "").strip()[:200]}


def _about_a_place(course: CourseDetail, what: str, place_id: str, posted: Mapping[str, str]) -> Command:
    place = next((one for one in course.places if one.place_id == place_id), None)
    if place is None:
        raise NOBODY
    about = {"course_id": course.course_id, "person_id": place.person_id}
    if what == "end":
        return EndCoursePlace(**about, words=posted.get("words", "").strip()[:1000])
    if what == "made-up":
        numbers = tuple(_numbers(posted, "made-up-", place.missed))
        if not numbers:
            raise Rejected("which-days", "Tick at least one day that they have made up for.")
        return CatchUpSessions(**about, numbers=numbers)
    return TickSessions(**about, numbers=_ticked(course, place, posted))


def _ticked(course: CourseDetail, place: CoursePlaceRow, posted: Mapping[str, str]) -> tuple[int, ...]:
    """The days that somebody comes to: those chosen where days are picked, else all to come."""
    coming = [one.number for one in course.sessions if one.state == "published"]
    if not course.picking:
        return tuple(coming)
    chosen = tuple(_numbers(posted, "tick-", coming))
    if not chosen:
        raise Rejected("which-days", "Tick at least one day that they come to.")
    return chosen


def _numbers(posted: Mapping[str, str], prefix: str, among: Iterable[int]) -> list[int]:
    return [number for number in among if posted.get(f"{prefix}{number}") == "yes"]


def _dated(course: CourseDetail, number: int) -> SessionRow:
    """A day that is in calendars. Raises Rejected."""
    day = next((one for one in course.sessions if one.number == number and one.event_id), None)
    if day is None:
        raise Rejected("unknown-session", "This day is in no calendar any more. Look at the page anew.")
    return day


def _day(written: str) -> dt.date:
    on = date_from(written)
    if on is None:
        raise WHICH_DAY
    return on
