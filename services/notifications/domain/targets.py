"""What people are invited to, as the latest event left it, and whom a change of it concerns."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from shared.events import either
from shared.events.agreed_visits import AgreedVisit
from shared.events.base import Fact
from shared.events.scheduling import TargetKind
from shared.events.scheduling_dates import Call, DatesAgreed, DatesWithdrawn
from shared.events.scheduling_parts import Attendee

State = Literal["scheduled", "cancelled", "held"]
Kind = TargetKind | Literal["agreed-day", "call", "agreed-visit"]
INVITATIONS: dict[str, TargetKind] = {"visit": "visit", "cohort-event": "cohort-event"}
"""What needs an answer. People who have agreed a day or booked a call have nothing to answer."""


class Target(Fact):
    """A visit, a cohort event, an agreed day or a call. Mails and calendars treat them alike.

    `programme_id` is empty where the people share no programme; without `starts` and `ends` it takes the whole day.
    `host_school_id`: who hosts a visit or agreed day; `school_id`: the school at which an event takes place, if at one.
    """

    target_id: str
    kind: Kind
    programme_id: str
    cohort_id: str
    activity: str
    on: dt.date
    starts: dt.time | None
    ends: dt.time | None
    timezone: str
    attendees: tuple[Attendee, ...]
    sequence: int
    version: int
    state: State = "scheduled"
    facilitator_id: str | None = None
    host_school_id: str | None = None
    group_id: str | None = None
    title: str = ""
    place: str = ""
    doings: tuple[str, ...] = ()
    school_id: str | None = None

    @property
    def at_school(self) -> str | None:
        """The school that people come to."""
        return self.host_school_id or self.school_id


@dataclass(frozen=True)
class Concerned:
    """Somebody whom an event concerns. ``left``: no longer invited. ``stands_in``: a substitute."""

    person_id: str
    role: str
    school_id: str | None = None
    left: bool = False
    stands_in: bool = False


def of_visit(visit: either.Visit, version: int, state: State = "scheduled") -> Target:
    """Return a visit as a target."""
    return Target(
        target_id=visit.visit_id, kind="visit", programme_id=visit.programme_id, cohort_id=visit.cohort_id,
        activity=visit.activity, on=visit.on, starts=visit.starts, ends=visit.ends, timezone=visit.timezone,
        attendees=either.attendees(visit.attendees), sequence=visit.sequence, version=version, state=state,
        facilitator_id=visit.facilitator_id, host_school_id=visit.host_school_id, group_id=visit.group_id,
    )  # fmt: skip


def of_cohort_event(event: either.CohortEvent, version: int, state: State = "scheduled") -> Target:
    """Return a cohort event as a target."""
    return Target(
        target_id=event.event_id, kind="cohort-event", programme_id=event.programme_id, cohort_id=event.cohort_id,
        activity=event.activity, on=event.on, starts=event.starts, ends=event.ends, timezone=event.timezone,
        attendees=either.attendees(event.attendees), sequence=event.sequence, version=version, state=state,
        title=event.title, place=event.place, school_id=event.school_id,
    )  # fmt: skip


def of_agreement(event: DatesAgreed | DatesWithdrawn, people: Iterable[Concerned], programme_id: str) -> Target:
    """Return a day that people agreed as a target; SEQUENCE is the version."""
    return Target(
        target_id=event.agreement_id, kind="agreed-day", programme_id=programme_id, cohort_id="", activity="",
        on=event.on, starts=None, ends=None, timezone=event.timezone, attendees=_attendees(people),
        sequence=event.version, version=event.version,
        state="cancelled" if isinstance(event, DatesWithdrawn) else "scheduled",
    )  # fmt: skip


def of_agreed(visit: AgreedVisit, version: int, state: State = "scheduled") -> Target:
    """Return a day that the people of a placement agreed as a target; the placement stands as its group."""
    attendees = tuple(Attendee(**one.model_dump()) for one in visit.attendees)
    return Target(
        target_id=visit.visit_id, kind="agreed-visit", programme_id=visit.programme_id, cohort_id="",
        activity=visit.activity, on=visit.on, starts=visit.starts, ends=visit.ends, timezone=visit.timezone,
        attendees=attendees, sequence=visit.sequence, version=version, state=state,
        host_school_id=visit.host_school_id, group_id=visit.match_id, doings=visit.doings,
    )  # fmt: skip


def of_call(
    call: Call, people: Iterable[Concerned], programme_id: str, version: int, state: State = "scheduled"
) -> Target:
    """Return a call as a target; SEQUENCE is the version."""
    zone = ZoneInfo(call.timezone)
    start = dt.datetime.combine(call.on, call.starts, zone).astimezone(dt.UTC)
    ends = (start + dt.timedelta(minutes=call.minutes)).astimezone(zone).time()
    return Target(
        target_id=call.call_id, kind="call", programme_id=programme_id, cohort_id="", activity="", on=call.on,
        starts=call.starts, ends=ends, timezone=call.timezone, attendees=_attendees(people), sequence=version,
        version=version, state=state,
    )  # fmt: skip


def _attendees(people: Iterable[Concerned]) -> tuple[Attendee, ...]:
    return tuple(Attendee(person_id=one.person_id, role=one.role, school_id=one.school_id) for one in people)


def invited(target: Target) -> list[Concerned]:
    """Return who is invited to come: the attendees and the facilitator, each person once."""
    people = [
        Concerned(a.person_id, a.role, a.school_id, stands_in=a.substitute_for is not None) for a in target.attendees
    ]
    if target.facilitator_id and all(person.person_id != target.facilitator_id for person in people):
        people.append(Concerned(target.facilitator_id, "facilitator"))
    return people


def stood_in_for(target: Target) -> set[str]:
    """Return those in whose place somebody else comes."""
    return {one.substitute_for for one in target.attendees if one.substitute_for}


def no_longer_invited(before: Target | None, after: Target) -> list[Concerned]:
    """Return those who were invited and are not any more."""
    if before is None:
        return []
    still = {person.person_id for person in invited(after)}
    return [
        Concerned(person.person_id, person.role, person.school_id, left=True, stands_in=person.stands_in)
        for person in invited(before)
        if person.person_id not in still
    ]


def affected_by_change(
    before: Target | None, after: Target, joined: Iterable[str], left: Iterable[str]
) -> list[Concerned]:
    """Return whom a change concerns: everybody when hours or place differ, else those who joined or left."""
    gone = no_longer_invited(before, after)
    if before is None or any(getattr(before, one) != getattr(after, one) for one in ("on", "starts", "ends", "place")):
        return [*invited(after), *gone]
    known = {person.person_id for person in invited(before)}
    new = {*joined, *(person.person_id for person in invited(after) if person.person_id not in known)} - set(left)
    return [*(person for person in invited(after) if person.person_id in new), *gone]


def same_time(before: Target | None, after: Target) -> bool:
    """Return whether neither the date nor the hours differ."""
    return before is not None and (before.on, before.starts, before.ends) == (after.on, after.starts, after.ends)


def refs_of(target: Target) -> dict[str, str]:
    """Return the ids that mails about a visit or event need."""
    refs = {"target": target.target_id, "target_kind": target.kind, "cohort": target.cohort_id}
    return {**refs, "group": target.group_id} if target.group_id else refs
