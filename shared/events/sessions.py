"""What `scheduling` publishes of courses of sessions: places in them, what was missed and made up for.

Each day of a course is a cohort event; its date, its people and who was there are told by the events of those.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import Event, Fact

Ended = Literal["left", "declined", "missed", "left-early", "asked"]
"""Why a place ended: the person has left; declined, missed or left early a date of every date; or asked for it."""
Missing = Literal["absent", "left-early", "joined"]


class CoursePlaceFacts(Fact):
    """Somebody's place in a course."""

    place_id: str
    course_id: str
    programme_id: str
    activity: str
    person_id: str
    school_id: str | None = None


class _OfPlace(CoursePlaceFacts, Event):
    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "place_id"


class CoursePlaceOffered(_OfPlace):
    """Somebody may come, and says to which of so many dates; who comes to every date ticks them all, or signs up."""

    dates: int
    first: dt.date


class CourseDatesTicked(_OfPlace):
    """They have ticked the dates that they come to. `waits`: the room is full, and they come once there is a place."""

    numbers: tuple[int, ...]
    waits: bool = False


class CoursePlaceEnded(_OfPlace):
    """They come no more."""

    why: Ended
    on: dt.date | None = Field(None, description="the date that ended it")


class SessionMissed(_OfPlace):
    """They were not there on these days, or joined after them. `by`: the next day, before which they make up for it."""

    numbers: tuple[int, ...]
    event_ids: tuple[str, ...]
    why: Missing
    by: dt.date | None = None


class SessionCaughtUp(_OfPlace):
    """They have made up for these days. `left`: how many are still to be made up for."""

    numbers: tuple[int, ...]
    event_ids: tuple[str, ...]
    left: int = Field(0, ge=0)


class SessionPapersDue(Event):
    """A day of a course comes near: its papers are compiled, with what has been received by now."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "event_id"
    event_id: str
    course_id: str
    programme_id: str
    activity: str
    number: int
    on: dt.date
    school_id: str | None = Field(None, description="of a day at a school, which its papers are about")


class SessionDayEnded(Event):
    """A day of a course is over: it can be said who came."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "event_id"
    event_id: str
    course_id: str
    programme_id: str
    activity: str
    number: int
    on: dt.date
