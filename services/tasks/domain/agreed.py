"""What events of days that people agree say happened: to the days themselves, and to the placement they belong to."""

from collections.abc import Callable
from typing import Any

from services.tasks.domain.happening import Found, Happening, stand_ins
from shared.events import agreed_visits as told
from shared.events.base import Event

_KINDS = {"meeting": "event"}
"""Kind of activity -> the kind of thing that one of its days is; a visit where it is not named."""
SETTLED = "settled"
"""As many days are agreed as are needed. Unlike `agreed`, which stays, it is taken back when one is cancelled."""


def _day(*states: str, gone: str = "") -> Callable[[Any], Found]:
    """A day has come to these states."""

    def read(event: Any) -> Found:
        held = isinstance(event, told.AgreedVisitHeld)
        yield Happening(
            programme_id=event.programme_id,
            kind="match",
            about_id=event.match_id,
            source=event.visit_id,
            version=event.version,
            facts={"days": {f"{event.activity}|{event.visit_id}": None if gone else event.on}},
        )
        yield Happening(
            programme_id=event.programme_id,
            kind=_KINDS.get(event.kind, "visit"),
            about_id=event.visit_id,
            source="visit",
            version=event.version,
            anchor=event.activity,
            states=states,
            undone=("agreed", "held") if gone else (),
            on=event.on if held else None,
            joined=getattr(event, "joined", ()),
            facts={
                "key": event.activity,
                "day": event.on,
                "host_school_id": event.host_school_id,
                "guest_school_ids": (event.school_id,),
                "person_id": event.person_id,
                "attendee_ids": tuple(one.person_id for one in event.attendees),
                "stand_ins": stand_ins(event.attendees),
                "present_ids": tuple(one.person_id for one in event.present) if held else (),
                "gone": gone,
            },
        )

    return read


def _placement(*states: str, undone: tuple[str, ...] = ()) -> Callable[[Any], Found]:
    """Something has happened to all days of an activity for a placement; `waiting`: whose turn it is to choose."""

    def read(event: Any) -> Found:
        waiting = getattr(event, "waiting_for", getattr(event, "person_ids", ()))
        yield Happening(
            programme_id=event.programme_id,
            kind="match",
            about_id=event.match_id,
            source=event.arrangement_id,
            version=event.version,
            anchor=event.activity,
            states=states,
            undone=undone,
            on=getattr(event, "on", None),
            facts={"waiting": {event.activity: tuple(waiting)}},
        )

    return read


ARRANGED: dict[type[Event], Callable[[Any], Found]] = {
    told.DaysAsked: _placement(),
    told.DaysProposed: _placement(),
    told.DaysDeclined: _placement(),
    told.DaysSettled: _placement("agreed", SETTLED),
    told.DaysReopened: _placement(undone=(SETTLED, "held")),
    told.DaysCompleted: _placement("held"),
    told.DaysClosed: _placement(),
    told.DaysResumed: _placement(undone=(SETTLED, "held")),
    told.AgreedVisitScheduled: _day("agreed", "dated", "invited"),
    told.AgreedVisitMoved: _day("moved"),
    told.AgreedVisitChanged: _day("changed"),
    told.AgreedVisitCancelled: _day("cancelled", gone="cancelled"),
    told.AgreedVisitHeld: _day("held"),
}
"""Event -> what it says happened."""
