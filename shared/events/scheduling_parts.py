"""Version 2 of what `scheduling` publishes of visits and cohort events: roles are those that a template declares.

Version 1 knows the roles of 0.1.0 only. It is published in place of version 2 for programmes that were opened with a
template of that time, so that each is told once.
"""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.events.base import Event, Fact
from shared.events.scheduling import EventFacts, VisitFacts


class Attendee(Fact):
    """Somebody invited, in which role and from which school."""

    person_id: str
    role: str
    school_id: str | None = None
    required: bool = True
    substitute_for: str | None = Field(None, description="person id of whom they stand in for")


class Visit(VisitFacts):
    """A dated day at a host school."""

    attendees: tuple[Attendee, ...]


class CohortEvent(EventFacts):
    """A dated event for everyone in the cohort."""

    attendees: tuple[Attendee, ...]


class _OfVisit(Event):
    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "visit_id"
    v: ClassVar[int] = 2


class VisitScheduled(_OfVisit, Visit):
    """A visit has a published date."""


class VisitMoved(_OfVisit, Visit):
    """A visit has another date. `why`: one word, such as decline, illness, closure, inspection, withdrawal."""

    moved_from: dt.date
    why: str
    asked_by: str | None = None


class VisitChanged(_OfVisit, Visit):
    """A visit keeps its date but not its people or hours. `joined` and `left` are person ids."""

    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    why: str = ""


class VisitCancelled(_OfVisit, Visit):
    """A visit does not take place."""

    why: str


class VisitHeld(_OfVisit):
    """A visit took place, with these people."""

    visit_id: str
    cohort_id: str
    programme_id: str
    group_id: str
    host_school_id: str
    on: dt.date
    facilitator_id: str | None
    present: tuple[Attendee, ...]
    absent: tuple[str, ...] = ()


class _OfCohortEvent(Event):
    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "event_id"
    v: ClassVar[int] = 2


class CohortEventScheduled(_OfCohortEvent, CohortEvent):
    """A cohort event has a published date."""


class CohortEventMoved(_OfCohortEvent, CohortEvent):
    """A cohort event has another date."""

    moved_from: dt.date
    why: str


class CohortEventChanged(_OfCohortEvent, CohortEvent):
    """A cohort event keeps its date but not its people."""

    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    why: str = ""


class CohortEventCancelled(_OfCohortEvent, CohortEvent):
    """A cohort event does not take place."""

    why: str


class CohortEventHeld(_OfCohortEvent):
    """A cohort event's day is over; `present` are those who had not declined."""

    event_id: str
    cohort_id: str
    programme_id: str
    activity: str
    on: dt.date
    present: tuple[Attendee, ...]
