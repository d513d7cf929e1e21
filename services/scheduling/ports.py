"""What the handlers need of the outside world. `store` is MongoDB; calls join the unit of work's transaction."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.scheduling.domain.assemble import Calendars
from services.scheduling.domain.model import CohortEvent
from services.scheduling.domain.records import (
    AnswerRecord,
    AuthorityCalendar,
    CohortRecord,
    EnrolmentRecord,
    EventRecord,
    ExamYear,
    FacilitatorRecord,
    GroupRecord,
    HolidayYear,
    Led,
    ProgrammeRecord,
    VisitRecord,
)
from services.scheduling.ports_dates import Agreements, Calls

__all__ = ["Answers", "CalendarData", "Facts", "Stores", "Uploads", "Visits"]


class Uploads(Protocol):
    """Files people sent along with a command."""

    async def get(self, key: str) -> bytes:
        """The file's content. Raises Permanent if it is not there any more."""
        ...


class Facts(Protocol):
    """What other services have told: programmes, enrolments, facilitators, cohorts, groups."""

    async def programme(self, programme_id: str) -> ProgrammeRecord | None:
        """A programme."""
        ...

    async def put_programme(self, programme: ProgrammeRecord) -> None:
        """Save a programme."""
        ...

    async def enrolment(self, enrolment_id: str) -> EnrolmentRecord | None:
        """An enrolment."""
        ...

    async def enrolments(self, programme_id: str, schools: Iterable[str] | None = None) -> list[EnrolmentRecord]:
        """The enrolments of a programme, or of these schools in it."""
        ...

    async def enrolments_naming(self, people: Iterable[str] = (), schools: Iterable[str] = ()) -> list[EnrolmentRecord]:
        """The enrolments, in any programme, of these schools or with one of these people."""
        ...

    async def put_enrolment(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        ...

    async def facilitators(self, programme_id: str, people: Iterable[str] | None = None) -> list[FacilitatorRecord]:
        """The facilitators of a programme, or these of them."""
        ...

    async def facilitators_serving(self, programme_id: str, region: str) -> list[FacilitatorRecord]:
        """Those who travel in a region; an empty one is everywhere."""
        ...

    async def appointments(self, people: Iterable[str]) -> list[FacilitatorRecord]:
        """What these people facilitate, in any programme."""
        ...

    async def put_facilitator(self, facilitator: FacilitatorRecord) -> None:
        """Save a facilitator, unless a later version is there."""
        ...

    async def cohort(self, cohort_id: str) -> CohortRecord | None:
        """A cohort."""
        ...

    async def put_cohort(self, cohort: CohortRecord) -> None:
        """Save a cohort."""
        ...

    async def group(self, group_id: str) -> GroupRecord | None:
        """A group."""
        ...

    async def groups(self, cohort_id: str) -> list[GroupRecord]:
        """The groups of a cohort by number."""
        ...

    async def groups_named(self, group_ids: Iterable[str]) -> list[GroupRecord]:
        """These groups by number."""
        ...

    async def groups_with(self, cohort: CohortRecord, people: Iterable[str]) -> list[str]:
        """The ids of a cohort's groups in whose schools one of these people is enrolled."""
        ...

    async def groups_of_school(self, programme_id: str, school_id: str) -> list[GroupRecord]:
        """The groups of a programme that a school is in."""
        ...

    async def put_group(self, group: GroupRecord) -> None:
        """Save a group."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop a person's dates from their enrolments."""
        ...

    async def schools_of_authority(self, authority_code: str) -> list[str]:
        """The enrolled schools that follow an authority's term dates."""
        ...


class Visits(Protocol):
    """Visits and cohort events."""

    async def visit(self, visit_id: str) -> VisitRecord:
        """A visit. Raises Rejected("unknown-visit")."""
        ...

    async def event(self, event_id: str) -> EventRecord:
        """A cohort event. Raises Rejected("unknown-event")."""
        ...

    async def of_cohort(self, cohort_id: str) -> list[VisitRecord]:
        """All visits of a cohort by date."""
        ...

    async def of_groups(self, group_ids: Iterable[str]) -> list[VisitRecord]:
        """All visits of these groups by date."""
        ...

    async def led(self, facilitators: Iterable[str], cohort_id: str) -> list[Led]:
        """The days on which these facilitators lead visits of a cohort that are not cancelled."""
        ...

    async def event_dates(self, cohort_id: str) -> tuple[CohortEvent, ...]:
        """The days of the cohort's events that take place, without their people."""
        ...

    async def events_of(self, cohort_id: str) -> list[EventRecord]:
        """All cohort events by date."""
        ...

    async def listed(
        self, where: Mapping[str, str], *, drafts: bool, limit: int, offset: int
    ) -> tuple[int, list[VisitRecord]]:
        """How many visits match (cohort_id, group_id, person_id, school_id), and a page of them by date."""
        ...

    async def events_listed(self, where: Mapping[str, str], *, drafts: bool) -> list[EventRecord]:
        """Cohort events of a cohort or person."""
        ...

    async def put(self, visits: Sequence[VisitRecord], events: Sequence[EventRecord] = ()) -> None:
        """Save them. Raises Retryable when a day is meanwhile taken by another published visit."""
        ...

    async def drop_drafts(self, cohort_id: str) -> None:
        """Forget a cohort's draft visits and events."""
        ...

    async def elsewhere(self, people: Iterable[str], cohort_id: str) -> dict[str, list[dt.date]]:
        """The days on which these people have published visits or events of other cohorts; of all for no cohort."""
        ...

    async def published_on(self, days: Iterable[dt.date], first: dt.date) -> list[VisitRecord]:
        """Published visits on one of these days, from `first` on, by date."""
        ...

    async def of_schools(self, schools: Iterable[str], first: dt.date) -> list[VisitRecord]:
        """Published visits from a date on that one of these schools hosts or attends."""
        ...


class Answers(Protocol):
    """Answers to invitations."""

    async def latest(self, target_id: str) -> dict[str, AnswerRecord]:
        """Each person's latest answer."""
        ...

    async def add(self, answer: AnswerRecord) -> None:
        """Save an answer. Raises Retryable when another one of this version is there."""
        ...


class CalendarData(Protocol):
    """Term dates, closures and the days that people have ruled out since they enrolled."""

    async def in_force(self, authorities: Iterable[str] | None = None) -> Calendars:
        """All calendars, or with the term dates of these authorities only."""
        ...

    async def put(self, calendar: AuthorityCalendar) -> None:
        """Save an authority's imported term dates."""
        ...

    async def put_exams(self, years: Iterable[ExamYear]) -> None:
        """Save imported exam windows, each school year whole."""
        ...

    async def put_holidays(self, years: Iterable[HolidayYear]) -> None:
        """Save imported bank holidays, each calendar year whole."""
        ...

    async def close(self, school_id: str, days: Iterable[dt.date]) -> None:
        """Note closure days of a school."""
        ...

    async def closures(self, schools: Iterable[str]) -> dict[str, list[dt.date]]:
        """Closure days by school."""
        ...

    async def rule_out(self, person_id: str, days: Iterable[dt.date]) -> None:
        """Note days on which a person cannot come, or a cohort pauses."""
        ...

    async def ruled_out(self, people: Iterable[str]) -> dict[str, list[dt.date]]:
        """Those days by person."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop what is kept of a person's days."""
        ...


@dataclass(frozen=True, slots=True)
class Stores:
    """All of them, and the time."""

    facts: Facts
    visits: Visits
    answers: Answers
    calendars: CalendarData
    agreements: Agreements
    calls: Calls
    now: Callable[[], dt.datetime]
