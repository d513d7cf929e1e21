"""Who has a place in a course: as the template names them, who ticks dates, and who comes first where room is short."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.scheduling.domain.decision import Decision
from services.scheduling.domain.ids import course_place_id
from services.scheduling.domain.sessions.records import Course, Place, Running, Why
from shared.errors import Rejected
from shared.events.base import Event
from shared.events.scheduling_parts import Attendee
from shared.events.sessions import CourseDatesTicked, CoursePlaceEnded, CoursePlaceOffered, SessionMissed

__all__ = ["Seat", "attendees", "declined", "ended", "found", "leave", "limited", "seated", "tick"]


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody whom the template names. `who`: the reference that does."""

    person_id: str
    who: str
    role: str
    school_id: str | None


def found(run: Running, person_id: str) -> Place:
    """Somebody's place. Raises Rejected("not-invited")."""
    place = run.course.place(person_id)
    if place is None:
        raise Rejected("not-invited", f"Only people who are invited to “{run.activity.title}” can do this.")
    return place


def seated(run: Running, wanted: Sequence[Seat]) -> Decision[Course]:
    """The course with a place for everybody whom the template names now, as far as there is room."""
    seats = {one.person_id: one for one in wanted}
    events: list[Event] = []
    for place in run.course.places:
        seat = seats.pop(place.person_id, None)
        if seat is None and place.state != "ended":
            run = _with(run, *ended(run, place, "left"), events)
        elif seat is not None and place.why == "left":
            run = _with(run, *_begun(run, seat, place.version), events)
    for seat in seats.values():
        run = _with(run, *_begun(run, seat, 0), events)
    return _roomed(run, events)


def tick(run: Running, person_id: str, numbers: Iterable[int]) -> Decision[Course]:
    """Somebody says to which days they come. Raises Rejected by the rule that this breaks."""
    place, named = found(run, person_id), tuple(sorted(set(numbers)))
    title, to_come = run.activity.title, tuple(one.number for one in run.to_come)
    if place.state == "ended":
        raise Rejected("place-ended", f"Your place in “{title}” has ended. Write to your coordinator.")
    if unknown := [one for one in named if one not in to_come]:
        raise Rejected("unknown-session", f"“{title}” has no date {unknown[0]} that is still to come.")
    if run.every_date(place.who):
        _must_tick_all(run, named, to_come)
    elif not run.activity.picking and named != to_come:
        raise Rejected(
            "no-picking", f"“{title}” is taken as a whole, so dates cannot be picked. Who misses one makes up for it."
        )
    if not named:
        said = f"“{title}” has no date that is still to come." if not to_come else "Tick a date at least."
        raise Rejected("nothing-ticked", said)
    if place.state == "taken" and place.numbers == (named if run.activity.picking else ()):
        return Decision((run.course,), sentence="You had ticked these dates already.")
    state = "taken" if place.state == "taken" else "waiting"
    after = place.model_copy(update={"state": state, "numbers": named if run.activity.picking else ()})
    if run.activity.sign_up:
        run, after = _at_the_end(run, person_id), after.model_copy(update={"since": run.today})
    roomed = _roomed(_put(run, after), [])
    now = roomed.record.place(person_id) or after
    kept = now.model_copy(update={"version": now.version + 1})
    waits = kept.state == "waiting"
    event = CourseDatesTicked(**run.facts(kept).model_dump(), version=kept.version, numbers=named, waits=waits)
    before = sum(one.state == "waiting" for one in roomed.record.places) - 1 if waits else 0
    said = _said(run, len(named), before, waits=waits)
    return Decision((roomed.record.with_place(kept),), (*roomed.events, event), said)


def _said(run: Running, ticked: int, before: int, *, waits: bool) -> str:
    """What somebody is told who has signed up or ticked dates; `before`: how many wait longer."""
    dates = "1 date" if ticked == 1 else f"{ticked} dates"
    if run.activity.sign_up:
        if not waits:
            return f"You have a place: {dates}. The invitation comes by mail."
        queue = "1 person waits before you. " if before == 1 else f"{before} people wait before you. " if before else ""
        later = "You get the invitation as soon as a place is free."
        return f"The room is full, so you are on the waiting list. {queue}{later}"
    full = "The room is full. You get the invitations as soon as a place is free."
    return f"{dates} ticked. {full if waits else 'See you there.'}"


def _must_tick_all(run: Running, named: tuple[int, ...], to_come: tuple[int, ...]) -> None:
    title = run.activity.title
    if run.begun:
        raise Rejected("all-dates", f"“{title}” has begun. Who comes to every date begins with the first.")
    if named != to_come:
        said = f"Every date in full, or no place: tick all {len(to_come)} dates of “{title}”."
        raise Rejected("all-dates", f"{said} You have ticked {len(named)}.")


def declined(run: Running, person_id: str, on: dt.date, number: int) -> Decision[Course] | None:
    """The course once somebody declines a day; None where that changes no place."""
    place = run.course.place(person_id)
    if place is None or place.state != "taken" or not run.every_date(place.who):
        return None
    after, event = ended(run, place, "declined", number=number, on=on)
    return _roomed(_put(run, after), [event])


def limited(run: Running, room: int) -> Decision[Course]:
    """So many have room; nobody who has a place loses it, and who waits gets what is free."""
    decision = _roomed(replace(run, course=run.course.model_copy(update={"room": room})), [])
    taken = sum(one.state == "taken" for one in decision.record.places)
    return replace(decision, sentence=f"{room} have room in “{run.activity.title}”; {taken} have a place.")


def leave(run: Running, person_id: str, by: str, words: str) -> Decision[Course]:
    """A place ends before the course does. Raises Rejected where it is taken as a whole, but for the coordinator."""
    place, title = found(run, person_id), run.activity.title
    if by not in {"", run.programme.coordinator_id, person_id}:
        raise Rejected("not-entitled", "Only they themselves or the coordinator can end somebody's place.")
    if place.state == "ended":
        raise Rejected("place-ended", "This place has ended already.")
    if run.activity.sign_up:
        return _signed_off(run, place, words)
    if by == person_id and not run.activity.picking:
        raise Rejected(
            "whole-course", f"“{title}” is taken as a whole and does not end early. Your coordinator decides otherwise."
        )
    after, event = ended(run, place, "asked", words=words)
    decision = _roomed(_put(run, after), [event])
    return replace(
        decision, sentence=f"The place in “{title}” has ended; the dates to come are taken out of calendars."
    )


def _signed_off(run: Running, place: Place, words: str) -> Decision[Course]:
    """Somebody comes no more who had signed up, and may sign up again; who waits gets the place."""
    if place.state == "asked":
        raise Rejected("not-invited", f"They have not signed up for “{run.activity.title}”.")
    gone, event = ended(run, place, "asked", words=words)
    again = gone.model_copy(update={"state": "asked", "why": "", "numbers": ()})
    decision = _roomed(_put(run, again), [event])
    said = f"You are not on the list of “{run.activity.title}” any more; its dates are taken out of your calendar."
    return replace(decision, sentence=said)


def ended(
    run: Running, place: Place, why: Why, *, number: int | None = None, on: dt.date | None = None, words: str = ""
) -> tuple[Place, Event]:
    """The place once it has ended, and what is told of it."""
    update: dict[str, Any] = {"state": "ended", "why": why, "ended_by": number, "words": words}
    after = place.model_copy(update={**update, "version": place.version + 1})
    told = {**run.facts(after).model_dump(), "version": after.version, "why": why, "on": on}
    return after, CoursePlaceEnded.model_validate(told)


def attendees(run: Running, number: int) -> tuple[Attendee, ...]:
    """Who is invited to a day."""
    return tuple(
        Attendee(person_id=one.person_id, role=one.role, school_id=one.school_id, required=False)
        for one in run.course.places
        if one.comes_to(number)
    )


def _begun(run: Running, seat: Seat, version: int) -> tuple[Place, Event | None]:
    """A place for somebody: taken where there is room, or on offer where they tick dates or sign up first."""
    place = Place(
        place_id=course_place_id(run.course.course_id, seat.person_id),
        person_id=seat.person_id, who=seat.who, role=seat.role, school_id=seat.school_id,
        since=run.today, state="waiting", version=version,
    )  # fmt: skip
    if run.activity.sign_up and not run.to_come:
        return place.model_copy(update={"state": "asked"}), None
    if run.activity.sign_up:
        return _offered(run, place)
    if not run.every_date(seat.who) and not run.activity.picking:
        return place, None
    if not run.to_come or (run.begun and run.every_date(seat.who)):
        return place.model_copy(update={"state": "ended", "why": "begun"}), None
    return _offered(run, place)


def _offered(run: Running, place: Place) -> tuple[Place, Event]:
    """The place as it is on offer, which is told."""
    asked = place.model_copy(update={"state": "asked", "version": place.version + 1})
    event = CoursePlaceOffered(
        **run.facts(asked).model_dump(), version=asked.version, dates=len(run.to_come), first=run.to_come[0].on
    )
    return asked, event


def _roomed(run: Running, events: Sequence[Event]) -> Decision[Course]:
    """Places that are free go to who waits: whoever is named first under `who` comes first, then who came first."""
    most = run.room
    taken = sum(one.state == "taken" for one in run.course.places)
    waiting = [one for one in run.course.places if one.state == "waiting"]
    signs_up = run.activity.sign_up
    waiting.sort(key=lambda one: (0 if signs_up else run.activity.who.index(one.who), one.since))
    more: list[Event] = []
    for place in waiting[: None if most is None else max(0, most - taken)]:
        after, event = _taken(run, place)
        run = _with(run, after, event, more)
    return Decision((run.course,), (*events, *more))


def _taken(run: Running, place: Place) -> tuple[Place, Event | None]:
    """The place is theirs; who makes up for what they missed begins with the days before they joined."""
    after = place.model_copy(update={"state": "taken"})
    before = tuple(one for one in run.held if one.number not in place.missed)
    if not before or not run.catches_up(place.who):
        return after, None
    numbers = tuple(one.number for one in before)
    after = after.model_copy(update={"missed": (*place.missed, *numbers), "version": place.version + 1})
    event = SessionMissed(
        **run.facts(after).model_dump(), version=after.version, numbers=numbers, why="joined",
        event_ids=tuple(key for one in before for key in one.event_ids),
        by=run.to_come[0].on if run.to_come else None,
    )  # fmt: skip
    return after, event


def _with(run: Running, place: Place, event: Event | None, events: list[Event]) -> Running:
    events += [event] if event else []
    return _put(run, place)


def _at_the_end(run: Running, person_id: str) -> Running:
    """The course without somebody, whose place is put behind all others."""
    others = tuple(one for one in run.course.places if one.person_id != person_id)
    return replace(run, course=run.course.model_copy(update={"places": others}))


def _put(run: Running, place: Place) -> Running:
    return replace(run, course=run.course.with_place(place))
