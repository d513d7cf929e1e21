"""What events of courses say happened: to somebody's place in one, and to its days."""

from collections.abc import Callable
from typing import Any

from services.tasks.domain.happening import Found, Happening
from services.tasks.domain.weeks import TICKED
from shared.events import sessions
from shared.events.base import Event

PLACE = "place"
CAUGHT_UP = "caught-up"


def _place(*states: str, undone: tuple[str, ...] = (), gone: str = "") -> Callable[[Any], Found]:
    """Somebody's place is one thing; its day is the one before which they make up for what they missed."""

    def read(event: Any) -> Found:
        facts = {
            "key": event.activity,
            "school_id": event.school_id,
            "person_id": event.person_id,
            "attendee_ids": (event.person_id,),
            "gone": gone,
        }
        if isinstance(event, sessions.SessionMissed):
            facts["day"] = event.by
        yield Happening(
            programme_id=event.programme_id,
            kind=PLACE,
            about_id=event.place_id,
            source=PLACE,
            version=event.version,
            anchor=event.activity,
            states=states,
            undone=undone,
            facts=facts,
        )

    return read


def _caught_up(event: sessions.SessionCaughtUp) -> Found:
    """All that they missed is made up for, or some of it."""
    return _place(*(() if event.left else (CAUGHT_UP,)))(event)


def _day_over(event: sessions.SessionDayEnded) -> Found:
    """It can be said who came."""
    yield Happening(
        programme_id=event.programme_id,
        kind="event",
        about_id=event.event_id,
        source="event",
        version=event.version,
        anchor=event.activity,
        states=("ended",),
        on=event.on,
        facts={"key": event.activity, "day": event.on},
    )


COURSES: dict[type[Event], Callable[[Any], Found]] = {
    sessions.CoursePlaceOffered: _place("offered"),
    sessions.CourseDatesTicked: _place(TICKED),
    sessions.CoursePlaceEnded: _place(gone="left"),
    sessions.SessionMissed: _place("missed", undone=(CAUGHT_UP,)),
    sessions.SessionCaughtUp: _caught_up,
    sessions.SessionDayEnded: _day_over,
}
"""Event -> what it says happened."""
