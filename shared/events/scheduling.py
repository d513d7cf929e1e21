"""What `scheduling` publishes: visits, cohort events, answers. Dates are local; the zone stands beside them."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import Event, Fact
from shared.events.people import Role

TargetKind = Literal["visit", "cohort-event"]
Answer = Literal["accepted", "declined", "tentative"]


class Attendee(Fact):
    """Somebody invited, in which role and from which school."""

    person_id: str
    role: Role
    school_id: str | None = None
    required: bool = True
    substitute_for: str | None = Field(None, description="person id of whom they stand in for")


class VisitFacts(Fact):
    """A dated day at a host school, without its people."""

    visit_id: str
    cohort_id: str
    programme_id: str
    group_id: str
    activity: str
    host_school_id: str
    on: dt.date
    starts: dt.time
    ends: dt.time
    timezone: str
    facilitator_id: str | None
    sequence: int = Field(0, ge=0, description="calendar SEQUENCE of this state of the visit")


class Visit(VisitFacts):
    """A dated day at a host school."""

    attendees: tuple[Attendee, ...]


class EventFacts(Fact):
    """A dated event for everyone in the cohort, without its people."""

    event_id: str
    cohort_id: str
    programme_id: str
    activity: str
    title: str
    on: dt.date
    starts: dt.time
    ends: dt.time
    timezone: str
    place: str = ""
    sequence: int = Field(0, ge=0)
    school_id: str | None = Field(None, description="the school at which it takes place, where it is about one")


class CohortEvent(EventFacts):
    """A dated event for everyone in the cohort."""

    attendees: tuple[Attendee, ...]


class Clash(Fact):
    """What keeps a group from getting its dates, and what relaxing it would give.

    `smallest` is false where fewer clashes than a group has here might keep it from its dates. `proven` says whether
    it is proven that the group, or another in its place, must go without dates; null where it is about no group, and
    in older events, which do not say.
    """

    rule: str
    group_id: str | None = None
    school_ids: tuple[str, ...] = ()
    person_ids: tuple[str, ...] = ()
    dates: tuple[dt.date, ...] = ()
    sentence: str = ""
    relaxing_gives: str = ""
    smallest: bool = True
    proven: bool | None = None


class CalendarDrafted(Event):
    """A calendar awaits review; nothing is mailed."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "cohort_id"
    cohort_id: str
    programme_id: str
    revision: int
    visits: int
    events: int
    unplaced_groups: int = 0


class SchedulingFailed(Event):
    """Some or all groups have no dates; `blocking` says whose dates and which rules."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "cohort_id"
    cohort_id: str
    programme_id: str
    blocking: tuple[Clash, ...]


class CalendarPublished(Event):
    """A calendar has been checked and published; `VisitScheduled` and `CohortEventScheduled` go with it."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "cohort_id"
    cohort_id: str
    programme_id: str
    revision: int
    visits: int
    events: int


class _OfVisit(Event):
    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "visit_id"


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


class VisitBriefWritten(_OfVisit):
    """The host has written what to look at and where to sign in; the text is scheduling's, by id."""

    visit_id: str
    programme_id: str
    cohort_id: str
    group_id: str
    host_school_id: str
    written_by: str
    notes_changed: bool = False
    sequence: int = 0


class VisitBriefDue(_OfVisit):
    """The visit comes near and its host has written no brief."""

    visit_id: str
    programme_id: str
    host_school_id: str
    on: dt.date


class VisitDayEnded(_OfVisit):
    """The day of a visit is over: its attendance can be recorded."""

    visit_id: str
    programme_id: str
    cohort_id: str
    host_school_id: str
    facilitator_id: str | None
    on: dt.date


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


class InvitationAnswered(Event):
    """Somebody has said whether they come. `version` counts this person's answers to this target."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "target_id"
    target_id: str
    target_kind: TargetKind
    programme_id: str
    person_id: str
    answer: Answer
    via: Literal["page", "calendar", "coordinator"]
    sequence: int = Field(description="SEQUENCE of the invitation answered")


class CalendarReplyIgnored(Event):
    """A calendar's answer changed nothing. `reply_id`: the event that told of it; `rule`: why, as a refusal's rule."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "reply_id"
    reply_id: str
    target_id: str
    target_kind: TargetKind
    person_id: str
    answer: Answer
    rule: str


class InvitationReminderDue(Event):
    """These people have not answered yet."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "target_id"
    target_id: str
    target_kind: TargetKind
    programme_id: str
    person_ids: tuple[str, ...]
    round: int


class CoordinatorAsked(Event):
    """Something only the coordinator can decide.

    `question`: decline-inside-notice, no-other-date, date-chosen, group-too-small, calendar-clash, event-paused.
    """

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "target_id"
    target_id: str
    target_kind: TargetKind | Literal["group"]
    programme_id: str
    cohort_id: str
    question: str
    person_id: str | None = None
    sentence: str = ""
