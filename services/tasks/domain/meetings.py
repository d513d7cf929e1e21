"""What events of visits and of cohort events say happened to them."""

from collections.abc import Callable, Iterable
from typing import Any

from services.tasks.domain.happening import Found, Happening, stand_ins
from shared.events import either


def visit(*states: str, gone: str = "") -> Callable[[Any], Found]:
    """A visit has come to these states."""

    def read(event: Any) -> Found:
        yield Happening(
            programme_id=event.programme_id,
            kind="visit",
            about_id=event.visit_id,
            source="visit",
            version=event.version,
            anchor=event.activity,
            states=states,
            joined=getattr(event, "joined", ()),
            facts={
                "key": event.activity,
                "day": event.on,
                **_asked(event, states),
                "cohort_id": event.cohort_id,
                "group_id": event.group_id,
                "host_school_id": event.host_school_id,
                "guest_school_ids": _schools(event.attendees, without=event.host_school_id),
                "facilitator_id": event.facilitator_id,
                "attendee_ids": tuple(one.person_id for one in event.attendees),
                "stand_ins": stand_ins(event.attendees),
                "gone": gone,
            },
        )

    return read


def _asked(event: Any, states: tuple[str, ...]) -> dict[str, int]:
    """The invitation that must be answered: a change of people or hours leaves the answers of before as they are."""
    return {"sequence": event.sequence} if "invited" in states else {}


def visit_held(event: either.VisitHeld) -> Found:
    """A visit took place; the event does not say of which activity it was."""
    yield Happening(
        programme_id=event.programme_id,
        kind="visit",
        about_id=event.visit_id,
        source="visit",
        version=event.version,
        states=("held",),
        on=event.on,
        facts={
            "day": event.on,
            "cohort_id": event.cohort_id,
            "group_id": event.group_id,
            "host_school_id": event.host_school_id,
            "facilitator_id": event.facilitator_id,
            "present_ids": tuple(one.person_id for one in event.present),
            "gone": "",
        },
    )


def event(*states: str, gone: str = "") -> Callable[[Any], Found]:
    """A cohort event has come to these states."""

    def read(event: Any) -> Found:
        yield Happening(
            programme_id=event.programme_id,
            kind="event",
            about_id=event.event_id,
            source="event",
            version=event.version,
            anchor=event.activity,
            states=states,
            joined=getattr(event, "joined", ()),
            facts={
                "key": event.activity,
                "day": event.on,
                **_asked(event, states),
                "cohort_id": event.cohort_id,
                "school_id": event.school_id,
                "attendee_ids": tuple(one.person_id for one in event.attendees),
                "stand_ins": stand_ins(event.attendees),
                "gone": gone,
            },
        )

    return read


def event_held(event: either.CohortEventHeld) -> Found:
    """A cohort event took place."""
    yield Happening(
        programme_id=event.programme_id,
        kind="event",
        about_id=event.event_id,
        source="event",
        version=event.version,
        anchor=event.activity,
        states=("held",),
        on=event.on,
        facts={
            "key": event.activity,
            "day": event.on,
            "cohort_id": event.cohort_id,
            "present_ids": tuple(one.person_id for one in event.present),
            "gone": "",
        },
    )


def _schools(attendees: Iterable[either.Attendee], *, without: str) -> tuple[str, ...]:
    found = dict.fromkeys(one.school_id for one in attendees if one.school_id and one.school_id != without)
    return tuple(found)
