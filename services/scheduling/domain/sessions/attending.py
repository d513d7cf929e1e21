"""Who came to a day of a course, what follows for who did not, and what is made up for."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.scheduling.domain.sessions.places import ended
from services.scheduling.domain.sessions.records import Attended, Caught, Course, Place, Running, Sitting
from services.scheduling.domain.visits.records import EventRecord
from shared.commands.sessions import SessionLine, Was
from shared.errors import Rejected
from shared.events.base import Event
from shared.events.scheduling_parts import Attendee, CohortEventHeld
from shared.events.sessions import Missing, SessionCaughtUp, SessionMissed

__all__ = ["Recorded", "caught_up", "recorded", "sitting_of"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """The course and the day's events as they are then, and what is told."""

    course: Course
    parts: tuple[EventRecord, ...]
    events: tuple[Event, ...]
    sentence: str


def sitting_of(run: Running, number: int) -> Sitting:
    """A day that is in calendars, or was. Raises Rejected("unknown-session")."""
    found = run.sittings.get(number)
    if found is None or not found.standing:
        raise Rejected("unknown-session", f"“{run.activity.title}” has no date {number} in calendars.")
    return found


def recorded(run: Running, number: int, by: str, lines: Sequence[SessionLine]) -> Recorded:
    """Keep who came; said again, it is corrected. Raises Rejected by the rule that the list breaks."""
    sitting = sitting_of(run, number)
    if not run.may_say(by):
        raise Rejected("not-entitled", "Who came is said by whoever leads the course, or by the coordinator.")
    if run.today < sitting.on:
        raise Rejected("session-not-yet", "This day has not come yet.")
    invited = {one.person_id: one for part in sitting.parts for one in part.event.attendees}
    was = _complete(invited, lines)
    course, events = run.course, list[Event]()
    for place in run.course.places:
        if place.person_id in was:
            after, event = _followed(run, place, sitting, was[place.person_id])
            course = course.with_place(after)
            events += [event] if event else []
    kept = Attended(number=number, by=by, **{how: _who(was, how) for how in ("present", "part", "absent")})
    others = tuple(one for one in course.attended if one.number != number)
    course = course.model_copy(update={"attended": (*others, kept)})
    parts, told = _held(sitting, was)
    sentence = f"{len(kept.present)} of {len(was)} were there for the whole of it."
    return Recorded(course, parts, (*told, *events), sentence)


def caught_up(run: Running, person_id: str, numbers: Iterable[int], by: str) -> tuple[Course, Event]:
    """Somebody has made up for days. Raises Rejected where they need not, or somebody else says so."""
    place = run.course.place(person_id)
    if by != person_id and not run.may_say(by):
        raise Rejected("not-entitled", "They say so themselves, or whoever leads the course does.")
    named = tuple(sorted(set(numbers)))
    if place is None or not named or any(one not in place.open for one in named):
        raise Rejected("nothing-missed", "There is nothing to make up for on this date.")
    done = tuple(Caught(number=one, on=run.today, by=by) for one in named)
    after = place.model_copy(update={"caught_up": (*place.caught_up, *done), "version": place.version + 1})
    return run.course.with_place(after), _caught(run, after, named)


def _complete(invited: Mapping[str, Attendee], lines: Sequence[SessionLine]) -> dict[str, Was]:
    was = {one.person_id: one.was for one in lines}
    if any(one not in invited for one in was):
        raise Rejected("not-invited", "Somebody on the list was not invited to this day.")
    if missing := len(invited) - len(was):
        raise Rejected("everybody-named", f"Say of everybody whether they came; {missing} are not on the list.")
    if "present" not in was.values() and "part" not in was.values():
        raise Rejected("somebody-came", "If nobody came, the day is cancelled rather than held.")
    return was


def _followed(run: Running, place: Place, sitting: Sitting, was: Was) -> tuple[Place, Event | None]:
    """What it means for a place that somebody was there, or was not."""
    number = sitting.number
    if run.every_date(place.who):
        return _every_date(run, place, sitting, was)
    if not run.catches_up(place.who):
        return place, None
    if was == "present":
        return _there_after_all(run, place, number)
    if number in place.missed:
        return place, None
    after = place.model_copy(update={"missed": (*place.missed, number), "version": place.version + 1})
    why: Missing = "left-early" if was == "part" else "absent"
    event = SessionMissed(
        **run.facts(after).model_dump(), version=after.version, numbers=(number,), event_ids=sitting.event_ids,
        why=why, by=_following(run, sitting.on),
    )  # fmt: skip
    return after, event


def _every_date(run: Running, place: Place, sitting: Sitting, was: Was) -> tuple[Place, Event | None]:
    """One date missed ends the place; a list that is corrected gives it back."""
    if was == "present":
        back = place.state == "ended" and place.ended_by == sitting.number and place.why in {"missed", "left-early"}
        update = {"state": "taken", "why": "", "ended_by": None}
        return (place.model_copy(update=update), None) if back else (place, None)
    if place.state != "taken":
        return place, None
    return ended(run, place, "left-early" if was == "part" else "missed", number=sitting.number, on=sitting.on)


def _there_after_all(run: Running, place: Place, number: int) -> tuple[Place, Event | None]:
    if number not in place.missed:
        return place, None
    missed = tuple(one for one in place.missed if one != number)
    caught = tuple(one for one in place.caught_up if one.number != number)
    after = place.model_copy(update={"missed": missed, "caught_up": caught, "version": place.version + 1})
    return after, _caught(run, after, (number,))


def _caught(run: Running, place: Place, numbers: tuple[int, ...]) -> Event:
    return SessionCaughtUp(
        **run.facts(place).model_dump(), version=place.version, numbers=numbers, left=len(place.open),
        event_ids=tuple(key for one in numbers if one in run.sittings for key in run.sittings[one].event_ids),
    )  # fmt: skip


def _following(run: Running, on: dt.date) -> dt.date | None:
    """The next day of the course after one."""
    return next((one.on for one in run.standing if one.on > on and not one.held), None)


def _held(sitting: Sitting, was: Mapping[str, Was]) -> tuple[tuple[EventRecord, ...], tuple[Event, ...]]:
    parts, events = [], []
    for part in sitting.parts:
        after = part.model_copy(update={"state": "held", "version": part.version + 1})
        event = after.event
        there = tuple(one for one in event.attendees if was[one.person_id] == "present")
        parts.append(after)
        held = CohortEventHeld(
            version=after.version, event_id=event.event_id, cohort_id=event.cohort_id,
            programme_id=event.programme_id, activity=event.activity, on=event.on, present=there,
        )  # fmt: skip
        events.append(held)
    return tuple(parts), tuple(events)


def _who(was: Mapping[str, Was], how: str) -> tuple[str, ...]:
    return tuple(sorted(person for person, one in was.items() if one == how))
