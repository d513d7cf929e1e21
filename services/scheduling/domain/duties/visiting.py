"""Days of a duty with hours are visits to a school: who is invited, and what becomes of a visit when the duty changes.

A day is invited to some weeks before. From then on it stays, unless it is no longer possible; then the visit gets the
day that the duty has in the same period, under the same UID, or is called off where there is none.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from services.scheduling.domain.duties.records import Duty
from services.scheduling.domain.duties.weeks import paused
from services.scheduling.domain.duties.years import SchoolYear
from services.scheduling.domain.ids import event_id, session_id
from services.scheduling.domain.visits.records import EventRecord
from services.scheduling.planner.wording import in_words
from shared.errors import Rejected
from shared.events.scheduling import CoordinatorAsked
from shared.events.scheduling_parts import Attendee, CohortEvent
from shared.roster import Membership
from shared.template import Activity, Template
from shared.template.pauses import Pause

__all__ = ["Changes", "Moved", "Off", "called_off", "changes", "drafted", "invited", "moved_to", "no_day_left"]

NOT_DUE = "not-due"
CONFLICT = "conflict"
CALLED_OFF = "called-off"
"""Why nobody owes a day that the coordinator has called off."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A visit that takes place on another day, and the code that says why."""

    visit: EventRecord
    on: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class Off:
    """A visit that does not take place; `sentence`: why the duty has no other day, where it is still due."""

    visit: EventRecord
    why: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """The days to invite to, and what becomes of visits that were invited to."""

    new: tuple[dt.date, ...] = ()
    moved: tuple[Moved, ...] = ()
    off: tuple[Off, ...] = ()


def changes(
    duty: Duty, visits: Iterable[EventRecord], year: SchoolYear, *, today: dt.date, until: dt.date,
    pauses: Sequence[Pause] = (),
) -> Changes:  # fmt: skip
    """What there is to tell: `visits` are those in calendars, `until` is the last day to which people are invited."""
    to_come = sorted((one for one in visits if one.event.on > today), key=lambda one: one.event.on)
    days = [day for day in duty.days if day > today and day not in duty.excused and not paused(day, pauses)]
    free = [day for day in days if day not in {one.event.on for one in to_come}]
    ends = sorted({duty.end_of(day) for day in duty.days})
    moved, off = list[Moved](), list[Off]()
    for visit in to_come:
        on = visit.event.on
        if on in days:
            continue
        why = _why(on, year)
        period = next((end for end in ends if end >= on), None)
        gap = next((one.sentence for one in duty.gaps if one.first <= on <= one.last), "")
        other = None if gap else next((day for day in free if duty.end_of(day) == period), None)
        if other is not None:
            free.remove(other)
            moved.append(Moved(visit, other, why))
            continue
        off.append(Off(visit, why if gap or on in duty.excused else NOT_DUE, gap))
    return Changes(tuple(day for day in free if day <= until), tuple(moved), tuple(off))


def invited(activity: Activity, duty: Duty, on: dt.date, members: Sequence[Membership]) -> tuple[Attendee, ...]:
    """Whose visit it is on a day, each in the role in which they come: the school's own first, then the trust's."""
    found = []
    for person in duty.people_on(on):
        held = [one for one in members if one.person_id == person]
        here = [one for one in held if one.school_id == duty.school_id] or [one for one in held if not one.school_id]
        part = next(iter(here or held), None)
        role = part.role if part else activity.who[0]
        school = part.school_id if part else None
        found.append(Attendee(person_id=person, role=role, school_id=school, required=False))
    return tuple(found)


def drafted(
    activity: Activity, duty: Duty, on: dt.date, people: tuple[Attendee, ...], *, template: Template, school: str
) -> EventRecord:
    """A visit of which nobody is told yet; the duty's next."""
    assert activity.starts, "a duty with hours says when it begins"
    assert activity.ends, "a duty with hours says when it ends"
    number = duty.visits + 1
    stands_under = session_id(duty.duty_id, number)
    event = CohortEvent(
        event_id=event_id(stands_under, activity.key),
        cohort_id=stands_under,
        programme_id=duty.programme_id,
        activity=activity.key,
        title=f"{activity.title.rstrip('.')}, {school}",
        on=on,
        starts=activity.starts,
        ends=activity.ends,
        timezone=template.timezone,
        place=school,
        attendees=people,
        school_id=duty.school_id or None,
    )
    return EventRecord(event=event, duty=duty.duty_id, number=number)


def moved_to(
    duty: Duty, day: dt.date, on: dt.date, *, year: SchoolYear, elsewhere: Collection[dt.date], today: dt.date,
    where: str = "",
) -> Duty:  # fmt: skip
    """The duty with another day, as the coordinator says. Raises Rejected where that day will not do.

    `where`: who is where on that day.
    """
    if day not in duty.days or day <= today:
        raise _no_such_day(duty, day, today)
    if on <= today:
        raise Rejected("date-passed", f"{in_words(on)} is not to come any more.")
    first = max((end for end in duty.ends if end < day), default=dt.date.min)
    if not first < on <= duty.end_of(day):
        said = f"It is due until {in_words(duty.end_of(day))}; name a day before that, and after the one before it."
        raise Rejected("other-period", said)
    if not year.horizon.mask([on]) & year.open:
        raise Rejected("school-closed", f"On {in_words(on)} the school is closed or does not teach.")
    if on in elsewhere:
        said = f"On {in_words(on)} somebody who comes is elsewhere."
        raise Rejected("elsewhere-that-day", f"{said} {sentence(where)}" if where else said)
    ends = {on if one == day else one: duty.end_of(one) for one in duty.days}
    days = tuple(sorted(ends))
    told = {one: why for one, why in duty.moved.items() if one != day} | {on: "The coordinator has set this day."}
    return duty.model_copy(
        update={
            "days": days,
            "ends": tuple(ends[one] for one in days),
            "moved": dict(sorted(told.items())),
            "afternoons": tuple(one for one in duty.afternoons if one != day),
        }
    )


def called_off(duty: Duty, day: dt.date, words: str, today: dt.date) -> Duty:
    """The duty of which nobody owes a day to come, as the coordinator says. Raises Rejected where it is none."""
    if day not in duty.days or day in duty.excused or day <= today:
        raise _no_such_day(duty, day, today)
    return duty.model_copy(
        update={
            "excused": dict(sorted({**duty.excused, day: CALLED_OFF}.items())),
            "called_off": dict(sorted({**duty.called_off, day: words}.items())),
        }
    )


def _no_such_day(duty: Duty, day: dt.date, today: dt.date) -> Rejected:
    known = ", ".join(f"{one}" for one in duty.days if one > today and one not in duty.excused) or "none"
    return Rejected("unknown-day", f"This duty has no day to come on {in_words(day)}; it has: {known}.")


def sentence(where: str) -> str:
    """Who is where as a sentence of its own."""
    return f"{where[:1].upper()}{where[1:]}."


def no_day_left(off: Off, where: str = "") -> CoordinatorAsked:
    """A visit that is due has no other day: what becomes of it is left to the coordinator.

    `where`: who is where on the days on which it could be.
    """
    event = off.visit.event
    return CoordinatorAsked(
        version=max(1, off.visit.version),
        target_id=event.event_id,
        target_kind="cohort-event",
        programme_id=event.programme_id,
        cohort_id="",
        question="no-other-date" if off.why == CONFLICT else "calendar-clash",
        sentence=" ".join([f"{event.title}: {off.sentence}", *([sentence(where)] if where else [])]),
    )


def _why(on: dt.date, year: SchoolYear) -> str:
    """Why a day that was invited to is not possible any more."""
    if on in year.inspected:
        return "inspection"
    if on in year.closed:
        return "closure"
    return "calendar-change" if on not in year.terms.terms.days else CONFLICT
