"""What the handlers need of the outside world. `store` is MongoDB; calls join the unit of work's transaction."""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.scheduling.domain.visits.records import (
    AnswerRecord,
    CohortRecord,
    EnrolmentRecord,
    EventDecision,
    EventRecord,
    FacilitatorRecord,
    GroupRecord,
    Led,
    ProgrammeRecord,
    VisitRecord,
)
from services.scheduling.planner.model import CohortEvent
from services.scheduling.ports.calendars import CalendarData
from services.scheduling.ports.dates import Agreements, Calls
from services.scheduling.ports.outline import Outline

__all__ = ["Answers", "CalendarData", "Facts", "Outline", "Stores", "Uploads", "Visits"]


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

    async def mark_drafting(self, cohort_id: str, draft: str) -> None:
        """Note which draft is being saved."""
        ...

    async def publishing(self) -> CohortRecord | None:
        """A published cohort some of whose dates are yet to be told."""
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

    async def parts_at(
        self, cohort_id: str, activity: str, schools: Iterable[str], people: Iterable[str]
    ) -> list[EventRecord]:
        """The parts of an event that invite one of these people or of these schools, else one other part."""
        ...

    async def of_groups(self, group_ids: Iterable[str]) -> list[VisitRecord]:
        """All visits of these groups by date."""
        ...

    async def of_person(self, cohort_id: str, person_id: str, days: Iterable[dt.date]) -> list[VisitRecord]:
        """A cohort's visits on these days that a person, or a substitute of theirs, attends or leads."""
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

    async def put(self, visits: Sequence[VisitRecord], events: Sequence[EventRecord] = ()) -> None:
        """Save them. Raises Retryable when a day is meanwhile taken by another published visit."""
        ...

    async def drop_drafts(self, cohort_id: str, most: int) -> int:
        """Forget so many of a cohort's draft visits and events at most; return how many went."""
        ...

    def each_of(self, cohort_id: str) -> AsyncIterator[VisitRecord]:
        """All visits of a cohort by date, one after the other, without briefs and who was present."""
        ...

    async def dates_of(self, cohort_id: str) -> set[tuple[str, str, str, int]]:
        """(id, day, state, version) of every visit of a cohort."""
        ...

    async def next_drafts(self, cohort_id: str, most: int) -> list[VisitRecord]:
        """Draft visits of a cohort, so many at most; those that wait for the coordinator are none."""
        ...

    async def next_draft_event(self, cohort_id: str) -> EventRecord | None:
        """The first draft event of a cohort, or part of one, if there is any."""
        ...

    async def standing(self, cohort_id: str) -> tuple[int, list[VisitRecord]]:
        """How many visits of a cohort are not cancelled, and those of them for which another date is proposed."""
        ...

    async def drafts(self, cohort_id: str) -> tuple[int, int]:
        """How many draft visits a cohort has, and how many draft events, parts of one counted as one."""
        ...

    async def booked(self, visits: Iterable[VisitRecord]) -> set[str]:
        """The ids of those of these visits a day of which is booked by another."""
        ...

    async def visit_on(self, cohort_id: str, day: dt.date) -> bool:
        """Whether a visit of the cohort that is not cancelled is on a day."""
        ...

    async def first_and_last(self, cohort_id: str) -> list[dt.date]:
        """The first and the last day of the cohort's visits that are not cancelled; none without visits."""
        ...

    async def decide(self, cohort_id: str, activity: str, decision: EventDecision) -> None:
        """Decide about all open parts of an event; drafts follow at once."""
        ...

    async def next_decided(self) -> EventRecord | None:
        """A part of an event with a decision that is yet to be told, if there is any."""
        ...

    async def count_answer(self, target_id: str) -> None:
        """Count an answer to a visit or event, so that of an answer and a change at a time one sees the other."""
        ...

    async def take_days(self, visits: Iterable[VisitRecord], events: Iterable[EventRecord] = ()) -> None:
        """Take the turns of everybody's days. Raises Retryable when somebody is at one of them."""
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

    async def latest_of(self, target_ids: Iterable[str]) -> dict[str, dict[str, AnswerRecord]]:
        """The same of several, by what was answered; those without answers are left out."""
        ...

    async def add(self, answer: AnswerRecord) -> None:
        """Save an answer. Raises Retryable when another one of this version is there."""
        ...


@dataclass(frozen=True, slots=True)
class Stores:
    """All of them, and the time."""

    facts: Facts
    visits: Visits
    outline: Outline
    answers: Answers
    calendars: CalendarData
    agreements: Agreements
    calls: Calls
    now: Callable[[], dt.datetime]
