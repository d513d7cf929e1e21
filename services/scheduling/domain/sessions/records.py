"""What is kept of a course of sessions. Each of its days is a cohort event besides, which has the date."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.record import Record
from services.scheduling.domain.visits.records import EventRecord
from shared.commands.sessions import PlaceState
from shared.events.sessions import CoursePlaceFacts
from shared.template import Activity
from shared.template.activities import Attendance

Why = Literal["", "left", "declined", "missed", "left-early", "asked", "begun"]
"""Why a place ended, or that a course had begun for who comes to every date."""


class Planned(Record):
    """A day of a course of which nobody is told yet; `missing`: who cannot come then; `said`: what was set aside."""

    number: int
    on: dt.date
    missing: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


class Caught(Record):
    """That somebody has made up for a day, who said so, and when."""

    number: int
    on: dt.date
    by: str


class Place(Record):
    """Somebody in a course. `who`: the reference that names them; `numbers`: the days that they picked, none: all.

    `ended_by`: the day that ended the place. `words`: why, as the coordinator wrote it.
    """

    place_id: str
    person_id: str
    who: str
    role: str
    school_id: str | None = None
    since: dt.date
    state: PlaceState
    why: Why = ""
    ended_by: int | None = None
    words: str = ""
    numbers: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()
    caught_up: tuple[Caught, ...] = ()
    version: int = 0

    def comes_to(self, number: int) -> bool:
        """Whether they are to come to that day."""
        return self.state == "taken" and (not self.numbers or number in self.numbers)

    @property
    def open(self) -> tuple[int, ...]:
        """The days that they are still to make up for."""
        done = {one.number for one in self.caught_up}
        return tuple(one for one in self.missed if one not in done)


class Attended(Record):
    """Who came to a day; `part`: who was there for a part of it. `by`: who said so; empty: the coordinator."""

    number: int
    by: str
    present: tuple[str, ...]
    part: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


class Course(Record):
    """A course of a programme; `school_id`: the school at which it is held, where each has its own.

    `party_id`: the schools that train together, where it is theirs.
    `numbers`: its days that are in calendars, or were. `publishing`: some of them are still to be told. `room`: how
    many have room, as the coordinator says. `clashing`: days that lie on one on which a school is closed, of which the
    coordinator was asked.
    """

    course_id: str
    programme_id: str
    activity: str
    school_id: str = ""
    party_id: str = ""
    planned: tuple[Planned, ...] = ()
    numbers: tuple[int, ...] = ()
    publishing: bool = False
    room: int | None = None
    clashing: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    attended: tuple[Attended, ...] = ()

    @property
    def own_of(self) -> str:
        """Whose own it is, a school's or that of schools which train together; empty: everybody else's."""
        return self.school_id or self.party_id

    def place(self, person_id: str) -> Place | None:
        """Somebody's place."""
        return next((one for one in self.places if one.person_id == person_id), None)

    def with_place(self, place: Place) -> "Course":
        """The same with that place as it is now."""
        if self.place(place.person_id) is None:
            return self.model_copy(update={"places": (*self.places, place)})
        places = tuple(place if one.person_id == place.person_id else one for one in self.places)
        return self.model_copy(update={"places": places})

    def came(self, number: int) -> Attended | None:
        """Who came to a day, once it is said."""
        return next((one for one in self.attended if one.number == number), None)

    def without(self, person_id: str) -> "Course":
        """The same with nothing of a person left."""
        attended = tuple(
            one.model_copy(
                update={
                    "by": "" if one.by == person_id else one.by,
                    **{name: _others(getattr(one, name), person_id) for name in ("present", "part", "absent")},
                }
            )
            for one in self.attended
        )
        planned = tuple(one.model_copy(update={"missing": _others(one.missing, person_id)}) for one in self.planned)
        places = tuple(_forgetting(one, person_id) for one in self.places if one.person_id != person_id)
        return self.model_copy(update={"places": places, "attended": attended, "planned": planned})


@dataclass(frozen=True, slots=True)
class Sitting:
    """A day of a course as its event has it; an event for very many people is in parts."""

    number: int
    parts: tuple[EventRecord, ...]

    @property
    def first(self) -> EventRecord:
        """The event, or its first part."""
        return self.parts[0]

    @property
    def on(self) -> dt.date:
        """Its day."""
        return self.first.takes_place_on or self.first.event.on

    @property
    def standing(self) -> bool:
        """Whether it takes place or has taken place."""
        return self.first.takes_place_on is not None

    @property
    def held(self) -> bool:
        """Whether it has been said who came."""
        return self.first.state == "held"

    @property
    def event_ids(self) -> tuple[str, ...]:
        """The ids of its parts."""
        return tuple(one.event.event_id for one in self.parts)


@dataclass(frozen=True, kw_only=True)
class Running:
    """A course with its programme, its days, who leads it, and the day that it is.

    `school`: where it is held, or what schools that train together are called; `of_schools`: the schools whose people
    come, where it is not everybody's; `named`: a school by which commands name it among others.
    """

    programme: EngineProgramme
    activity: Activity
    course: Course
    sittings: Mapping[int, Sitting]
    leaders: tuple[str, ...]
    today: dt.date
    school: str = ""
    of_schools: frozenset[str] | None = None
    named: str = ""

    @property
    def days(self) -> int:
        """How many days the template says."""
        return len(self.activity.during) * self.activity.each

    @property
    def room(self) -> int | None:
        """How many have room: as the coordinator says, else the template; none: everybody."""
        own = self.activity.venue.capacity if self.activity.venue else None
        return self.course.room if self.course.room is not None else own

    def title(self, number: int) -> str:
        """What a day is called; which of several it is."""
        at = f", {self.school}" if self.school else ""
        which = f" ({number} of {self.days})" if self.days > 1 else ""
        return f"{self.activity.title.rstrip('.')}{at}{which}"

    @property
    def asks(self) -> Attendance:
        """What is asked of those who come."""
        return self.activity.attendance or Attendance.model_construct()

    def every_date(self, who: str) -> bool:
        """Whether people named like that come to every date."""
        return who in self.asks.every_date

    def catches_up(self, who: str) -> bool:
        """Whether people named like that make up for what they missed."""
        return who in self.asks.catch_up

    @property
    def standing(self) -> list[Sitting]:
        """The days that take place or have taken place, in order."""
        return sorted((one for one in self.sittings.values() if one.standing), key=lambda one: (one.on, one.number))

    @property
    def to_come(self) -> list[Sitting]:
        """The days that are in calendars and not over."""
        return [one for one in self.standing if not one.held and one.on >= self.today]

    @property
    def held(self) -> list[Sitting]:
        """The days that took place."""
        return [one for one in self.standing if one.held]

    @property
    def begun(self) -> bool:
        """Whether a day of it is over."""
        return any(one.held or one.on < self.today for one in self.standing)

    def may_say(self, person_id: str) -> bool:
        """Whether somebody says who came; nobody here is the coordinator."""
        return person_id in {"", self.programme.coordinator_id, *self.leaders}

    def facts(self, place: Place) -> CoursePlaceFacts:
        """What events say of a place."""
        return CoursePlaceFacts(
            place_id=place.place_id,
            course_id=self.course.course_id,
            programme_id=self.programme.programme_id,
            activity=self.activity.key,
            person_id=place.person_id,
            school_id=place.school_id,
        )


def _others(people: tuple[str, ...], person_id: str) -> tuple[str, ...]:
    return tuple(one for one in people if one != person_id)


def _forgetting(place: Place, person_id: str) -> Place:
    """The place of somebody else, without who said that they have made up for a day."""
    caught = tuple(one.model_copy(update={"by": ""}) if one.by == person_id else one for one in place.caught_up)
    return place.model_copy(update={"caught_up": caught})
