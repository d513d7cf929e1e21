"""What the portal keeps of events: enough to decide who may see what, and to list it. Texts stay with their owners."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from shared.events.reporting import ReportKind
from shared.events.scheduling import Answer, TargetKind
from shared.events.scheduling_parts import Attendee
from shared.events.template import FormSpec, ProgrammeTemplate


@dataclass(frozen=True)
class Programme:
    """A programme and its template."""

    programme_id: str
    name: str
    year: int
    coordinator_id: str
    template: ProgrammeTemplate
    facilitator_ids: tuple[str, ...] = ()

    def form(self, key: str) -> FormSpec | None:
        """The form as the template declares it."""
        return next((form for form in self.template.forms if form.key == key), None)

    def activity(self, key: str) -> str:
        """The title of an activity."""
        return next((activity.title for activity in self.template.activities if activity.key == key), "Visit")


@dataclass(frozen=True)
class Member:
    """Somebody's part in an enrolment."""

    person_id: str
    role: str


@dataclass(frozen=True)
class School:
    """A school in a programme, with its people for it."""

    programme_id: str
    school_id: str
    name: str
    place: str
    members: tuple[Member, ...]
    strengths: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    enrolled: bool = True
    phase: str = ""
    easting: int | None = None
    northing: int | None = None

    def roles_of(self, person_id: str) -> set[str]:
        """The person's roles for this programme at this school."""
        return {member.role for member in self.members if member.person_id == person_id}


@dataclass(frozen=True)
class Meeting:
    """A visit or a cohort event."""

    kind: TargetKind
    target_id: str
    programme_id: str
    cohort_id: str
    title: str
    on: dt.date
    starts: dt.time
    ends: dt.time
    timezone: str
    attendees: tuple[Attendee, ...]
    sequence: int
    state: Literal["published", "held", "cancelled"]
    group_id: str | None = None
    host_school_id: str | None = None
    facilitator_id: str | None = None
    place: str = ""
    present: tuple[str, ...] = ()
    brief_written: bool = False
    date_sequence: int = 0
    activity: str = ""

    def attendee(self, person_id: str) -> Attendee | None:
        """How the person is invited, if they are."""
        return next((attendee for attendee in self.attendees if attendee.person_id == person_id), None)

    def today(self, now: dt.datetime) -> dt.date:
        """The date where it takes place."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def ahead(self, now: dt.datetime) -> bool:
        """Whether it is still to come, or under way."""
        return self.state == "published" and not self.over(now)

    def over(self, now: dt.datetime) -> bool:
        """Whether its hours have passed."""
        return now >= dt.datetime.combine(self.on, self.ends, ZoneInfo(self.timezone))


@dataclass(frozen=True)
class Group:
    """A group of a published cohort."""

    group_id: str
    cohort_id: str
    programme_id: str
    number: int
    school_ids: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """The latest answer of a person to an invitation."""

    target_id: str
    answer: Answer
    sequence: int


@dataclass(frozen=True)
class FindingsRequest:
    """A school's pair has been asked for its findings."""

    request_id: str
    programme_id: str
    cohort_id: str
    school_id: str
    person_ids: tuple[str, ...]
    due: dt.date
    sent: bool = False


@dataclass(frozen=True)
class Report:
    """A compiled report."""

    report_id: str
    kind: ReportKind
    programme_id: str
    cohort_id: str
    school_id: str | None
    visit_id: str | None
    edition: int
    formats: tuple[str, ...]
