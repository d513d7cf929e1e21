"""What may be asked of `scheduling`: calendars, visits, answers, attendance."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Message, OneLine, Query, Reply
from shared.events.base import DateSpan
from shared.events.scheduling import Answer, Clash, TargetKind
from shared.events.scheduling_parts import Attendee, CohortEvent, Visit


class ImportCalendar(Command):
    """Term dates of an authority, as ICS, a table or JSON. `Done.sentence` says what they bring and which visits clash.

    Rejected("unknown-authority") with the nearest for one that no school has.
    """

    service: ClassVar[str] = "scheduling"
    upload: str
    filename: OneLine
    authority_code: str = Field(description="of the register of schools; its name is taken as well")
    accept_unusual: bool = Field(
        False, description="take in a school year of far from 195 days, or a file that does not fit together"
    )


class CloseSchoolDays(Command):
    """INSET or closure days of a school."""

    service: ClassVar[str] = "scheduling"
    school_id: str
    days: tuple[DateSpan, ...]
    kind: Literal["inset", "closure"] = "inset"


class DraftCalendar(Command):
    """Plan the cohort's calendar again from what is known now; published visits keep their dates."""

    service: ClassVar[str] = "scheduling"
    seconds: ClassVar[float] = 300.0
    cohort_id: str


class PublishVisits(Command):
    """Publish the draft calendar once the independent checker passes. Refused if `revision` is not the latest draft."""

    service: ClassVar[str] = "scheduling"
    seconds: ClassVar[float] = 300.0
    cohort_id: str
    revision: int
    leave_out_unplaced: bool = Field(False, description="publish although some groups have no dates yet")


class MoveVisit(Command):
    """The coordinator sets another date. Refused by a hard rule unless `although` names it, with the reason."""

    service: ClassVar[str] = "scheduling"
    visit_id: str
    on: dt.date
    although: tuple[str, ...] = ()
    because: str = Field("", max_length=200, description="why a rule is set aside; it stands beside the visit")


class CancelVisit(Command):
    """A visit does not take place. `why`: a code such as closure or inspection; other words stay in scheduling."""

    service: ClassVar[str] = "scheduling"
    visit_id: str
    why: str = Field(max_length=200)


class MoveCohortEvent(Command):
    """The coordinator sets another date for an event of the whole cohort. Refused where a hard rule is against it."""

    service: ClassVar[str] = "scheduling"
    event_id: str
    on: dt.date


class CancelCohortEvent(Command):
    """A cohort event does not take place."""

    service: ClassVar[str] = "scheduling"
    event_id: str


class AllowSubstitute(Command):
    """Somebody of the same school stands in for an invited person at one date; naming the person gives it back."""

    service: ClassVar[str] = "scheduling"
    visit_id: str = Field(description="a visit, or a day that people have agreed")
    person_id: str
    substitute_id: str


class AnswerInvitation(Command):
    """A person says whether they come. `sequence` is that of the invitation answered; an older one is out of date."""

    service: ClassVar[str] = "scheduling"
    target_id: str
    target_kind: TargetKind
    person_id: str
    answer: Answer
    sequence: int | None = None
    dates_not_possible: tuple[DateSpan, ...] = Field((), description="further days on which they cannot come")


class VisitorNotes(Message):
    """What a visitor must know on arrival."""

    safeguarding_lead: OneLine = Field("", max_length=200)
    sign_in: str = Field("", max_length=1000)
    identity: str = Field("", max_length=500)
    parking: str = Field("", max_length=1000)
    arrival: OneLine = Field("", max_length=100)


class WriteVisitBrief(Command):
    """The host says what to explore, where the challenge lies, and how visitors find their way in."""

    service: ClassVar[str] = "scheduling"
    visit_id: str
    person_id: str
    practice: str = Field(min_length=1, max_length=5000)
    challenge: str = Field(min_length=1, max_length=5000)
    notes: VisitorNotes = VisitorNotes.model_construct()


class AttendanceLine(Message):
    """Was this person there?"""

    person_id: str
    present: bool


class RecordAttendance(Command):
    """Who came, as the facilitator or coordinator reports it. Nobody uninvited, no substitute who was not allowed."""

    service: ClassVar[str] = "scheduling"
    visit_id: str
    by: str
    lines: tuple[AttendanceLine, ...]


class BriefText(Reply):
    """The brief as the host wrote it."""

    practice: str
    challenge: str
    notes: VisitorNotes
    written_by: str
    written_on: dt.date


class AnswerRow(Reply):
    """The latest answer of a person."""

    person_id: str
    answer: Answer
    via: str
    sequence: int


class VisitDetail(Reply):
    """A visit whole."""

    visit: Visit
    state: Literal["draft", "published", "held", "cancelled"]
    version: int
    brief: BriefText | None = None
    answers: tuple[AnswerRow, ...] = ()
    present: tuple[Attendee, ...] = ()
    why: tuple[str, ...] = Field((), description="why this date, and what was given up for it")
    history: tuple[str, ...] = ()


class CohortEventDetail(Reply):
    """A cohort event whole."""

    event: CohortEvent
    state: Literal["draft", "published", "held", "cancelled"]
    version: int
    answers: tuple[AnswerRow, ...] = ()
    why: tuple[str, ...] = ()


class VisitRows(Reply):
    """Visits in order of date."""

    total: int
    visits: tuple[VisitDetail, ...]
    events: tuple[CohortEventDetail, ...] = ()


class ListVisits(Query):
    """Visits and cohort events by cohort, group, person or school; drafts only where asked for."""

    v: ClassVar[int] = 2
    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = VisitRows
    cohort_id: str = ""
    group_id: str = ""
    person_id: str = ""
    school_id: str = ""
    drafts: bool = False
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class ShowVisit(Query):
    """One visit."""

    v: ClassVar[int] = 2
    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = VisitDetail
    visit_id: str


class ShowCohortEvent(Query):
    """One cohort event."""

    v: ClassVar[int] = 2
    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CohortEventDetail
    event_id: str


class Difference(Reply):
    """What the draft would change against what is published."""

    visit_id: str
    sentence: str


class CalendarDetail(Reply):
    """The calendar of a cohort: the latest draft, or what is published."""

    cohort_id: str
    programme_id: str
    revision: int
    state: Literal["planning", "draft", "published", "failed"]
    visits: int
    events: int
    calendars: tuple[str, ...] = Field((), description="whose term dates were used, and which are plausible defaults")
    blocking: tuple[Clash, ...] = ()
    differences: tuple[Difference, ...] = ()
    soft: dict[str, float] = Field(default_factory=dict)


class ShowCalendar(Query):
    """How the calendar of a cohort stands."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CalendarDetail
    cohort_id: str


class ClosedSchool(Reply):
    """A school for which a day is closed, and why."""

    school_id: str
    sentence: str


class ImpactRow(Reply):
    """A visit or event that stands on a closed day, and the repair proposed; `advice` where there is none."""

    target_id: str
    target_kind: TargetKind
    on: dt.date
    state: Literal["draft", "published", "held", "cancelled"]
    closed: tuple[ClosedSchool, ...] = Field(description="the first of them, of an event for very many schools")
    person_ids: tuple[str, ...] = Field(
        (), description="who is invited and would need a mail; none of an event for very many, which is in parts"
    )
    repair: tuple[Difference, ...] = ()
    advice: str = ""
    people: int = Field(0, description="how many are invited")
    closed_in_all: int = Field(0, description="for how many schools the day is closed")


class CalendarImpact(Reply):
    """All of them in a cohort; of very many, the first visits by date and all events."""

    rows: tuple[ImpactRow, ...] = ()
    total: int = Field(0, description="how many there are in all")


class ShowCalendarImpact(Query):
    """Which dates of a cohort lie on closed days, as the calendars are or as if a school closed on further days."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CalendarImpact
    seconds: ClassVar[float] = 60.0
    cohort_id: str
    school_id: str = Field("", description="suppose that this school were closed")
    days: tuple[DateSpan, ...] = Field((), max_length=50, description="on these days")
