"""What this service keeps of other services' events: what its forms and reports need, and no names of people."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from shared.events import either, programmes_parts
from shared.events.agreed_visits import AgreedVisit, Invited
from shared.events.matching import GroupChanged, GroupFormed
from shared.events.people import Role
from shared.events.programmes import Enrolment, ProgrammeOpened
from shared.events.reporting import ReportKind
from shared.events.scheduling import TargetKind
from shared.events.scheduling_parts import Attendee
from shared.events.template import FormSpec, ReportSpec

EnrolmentPart = programmes_parts.SchoolEnrolled | programmes_parts.EnrolmentAmended
DEFAULT_TITLES: dict[ReportKind, str] = {
    "action-plan": "Findings and action plan",
    "appraisal": "Appraisal after the visit",
    "impact": "Impact report",
}


class Record(BaseModel):
    """A frozen record; fields an older record lacks have defaults, ones it has too many are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Programme(Record):
    """A programme as far as forms and reports go."""

    programme_id: str
    name: str
    year: int
    timezone: str
    forms: tuple[FormSpec, ...]
    reports: tuple[ReportSpec, ...]
    pair: tuple[Role, ...]
    findings_asked: dt.date
    findings_due: dt.date
    smallest_shown: int
    version: int

    @classmethod
    def of(cls, event: ProgrammeOpened) -> "Programme":
        """Keep what is needed of an opened programme."""
        template = event.template
        return cls(
            programme_id=event.programme_id,
            name=event.name,
            year=event.year,
            timezone=template.timezone,
            forms=template.forms,
            reports=template.reports,
            pair=template.enrolment.pair,
            findings_asked=template.findings_asked.within(event.year),
            findings_due=template.findings_due.within(event.year),
            smallest_shown=template.smallest_shown,
            version=event.version,
        )

    def statements(self) -> dict[str, str]:
        """The survey's statements: form field key -> what people agree with."""
        return {
            f.key: f.label for form in self.forms if form.key == "survey" for f in form.fields if f.kind == "agreement"
        }

    def longest(self, form: str) -> dict[str, int]:
        """Most characters of each field of a form."""
        return {f.key: f.longest for spec in self.forms if spec.key == form for f in spec.fields}

    def filled_by(self, form: str) -> tuple[Role, ...]:
        """Who fills the form in; empty where the template leaves it open."""
        return next((spec.by for spec in self.forms if spec.key == form), ())

    def title(self, kind: ReportKind) -> str:
        """What the template calls this kind of report."""
        return next((spec.title for spec in self.reports if spec.key == kind), DEFAULT_TITLES[kind])

    def local_day(self, at: dt.datetime) -> dt.date:
        """The date at this moment where the programme runs."""
        return at.astimezone(ZoneInfo(self.timezone)).date()

    def morning(self, day: dt.date) -> dt.datetime:
        """Eight o'clock on that day where the programme runs."""
        return dt.datetime.combine(day, dt.time(8), ZoneInfo(self.timezone))


class Member(Record):
    """A school in a programme, and who its pair are."""

    enrolment_id: str
    programme_id: str
    school_id: str
    name: str
    urn: int | None = None
    authority: str = ""
    people: dict[Role, str] = {}
    withdrawn: bool = False
    version: int

    @classmethod
    def of(cls, event: Enrolment | EnrolmentPart, version: int) -> "Member":
        """Keep what is needed of an enrolment. Where it comes in parts, its people are in the roster."""
        return cls(
            enrolment_id=event.enrolment_id,
            programme_id=event.programme_id,
            school_id=event.school.school_id,
            name=event.school.name,
            urn=event.school.urn,
            authority=event.school.authority,
            people={person.role: person.person_id for person in event.people} if isinstance(event, Enrolment) else {},
            version=version,
        )

    def pair(self, programme: Programme) -> tuple[str, ...]:
        """The people who attend every visit and write the findings."""
        return tuple(dict.fromkeys(self.people[role] for role in programme.pair if role in self.people))


class Group(Record):
    """A group of a cohort."""

    group_id: str
    cohort_id: str
    programme_id: str
    number: int = 0
    school_ids: tuple[str, ...]
    version: int

    @classmethod
    def of(cls, event: GroupFormed) -> "Group":
        """Keep a new group."""
        return cls.model_validate(event.model_dump())

    def changed(self, event: GroupChanged) -> "Group":
        """The group as it goes on."""
        return self.model_copy(update={"school_ids": event.school_ids, "version": event.version})


class Meeting(Record):
    """A visit or cohort event: who may fill in a form about it, and when. `caught_up`: who has made up for it."""

    target_id: str
    kind: TargetKind
    activity: str = ""
    programme_id: str
    cohort_id: str
    group_id: str | None = None
    match_id: str | None = None
    host_school_id: str | None = None
    title: str = ""
    on: dt.date
    facilitator_id: str | None = None
    invited: tuple[Attendee, ...] = ()
    present: tuple[Attendee, ...] = ()
    caught_up: tuple[str, ...] = ()
    held: bool = False
    cancelled: bool = False
    version: int

    @classmethod
    def of_visit(cls, event: either.Visit, version: int) -> "Meeting":
        """Keep a visit as it is planned."""
        given = event.model_dump(
            include={"activity", "programme_id", "cohort_id", "group_id", "host_school_id", "on", "facilitator_id"}
        )
        invited = either.attendees(event.attendees)
        return cls(target_id=event.visit_id, kind="visit", invited=invited, version=version, **given)

    @classmethod
    def of_event(cls, event: either.CohortEvent, version: int) -> "Meeting":
        """Keep a cohort event as it is planned."""
        given = event.model_dump(include={"activity", "programme_id", "cohort_id", "on", "title"})
        return cls(
            target_id=event.event_id,
            kind="cohort-event",
            host_school_id=event.school_id,
            invited=either.attendees(event.attendees),
            version=version,
            **given,
        )

    @classmethod
    def of_agreed(cls, event: AgreedVisit, version: int, present: Iterable[Invited]) -> "Meeting":
        """Keep a day that the people of a placement have agreed."""
        given = event.model_dump(include={"activity", "programme_id", "match_id", "host_school_id", "on"})
        kind: TargetKind = "cohort-event" if event.kind == "meeting" else "visit"
        return cls(
            target_id=event.visit_id,
            kind=kind,
            cohort_id="",
            invited=tuple(Attendee(**one.model_dump()) for one in event.attendees),
            present=tuple(Attendee(**one.model_dump()) for one in present),
            version=version,
            **given,
        )

    def people(self) -> tuple[Attendee, ...]:
        """Who was there; before that is known, who was invited."""
        return self.present if self.held else self.invited

    def attendee(self, person_id: str) -> Attendee | None:
        """This person as somebody who was there, or None."""
        return next((person for person in self.people() if person.person_id == person_id), None)


def visits_to_partners(meetings: Iterable[Meeting], school_id: str) -> int:
    """Return how many visits to other schools somebody of this school attended."""
    return sum(
        meeting.kind == "visit"
        and meeting.held
        and meeting.host_school_id != school_id
        and any(person.school_id == school_id for person in meeting.present)
        for meeting in meetings
    )
