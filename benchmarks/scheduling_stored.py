"""A made-up cohort as scheduling keeps it in MongoDB: told, planned by the template's rules, and published."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.scheduling_cases import scheduling_case
from services.programmes.domain.templates.reader import read_template
from services.scheduling.domain.calendars.records import AuthorityCalendar
from services.scheduling.domain.record import Record
from services.scheduling.domain.visits.drafts import Draft, draft
from services.scheduling.domain.visits.problem import Sources
from services.scheduling.domain.visits.records import (
    CohortRecord,
    EnrolmentRecord,
    FacilitatorRecord,
    GroupRecord,
    PersonRecord,
    ProgrammeRecord,
    VisitRecord,
)
from services.scheduling.domain.visits.terms import terms_of
from services.scheduling.planner.model import Problem
from services.scheduling.planner.partition import PlanParts
from services.scheduling.planner.plan import one_after_another
from services.scheduling.ports.stores import Stores
from services.scheduling.settings import SchedulingSettings
from services.scheduling.store.indexes import create_indexes
from services.scheduling.store.shipped import shipped_calendars
from services.scheduling.store.stores import mongo_stores
from shared.events.base import DateSpan
from shared.events.people import Role
from shared.mongo import Database

PROGRAMME, COHORT = "prg-1", "coh-1"
PAIR: tuple[Role, ...] = ("headteacher", "senior-leader")
TODAY = dt.date(2026, 10, 1)
NOW = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
RELEASED = Path(__file__).resolve().parents[1] / "tests" / "released"
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Cohort:
    """What is known of a cohort and its published calendar."""

    sources: Sources
    published: Draft


def cohort(problem: Problem, plan_parts: PlanParts = one_after_another) -> Cohort:
    """A published calendar of a made-up programme; a person of two groups is enrolled at a school of each."""
    sources = _sources(problem)
    found = draft(sources, (), (), plan_parts)
    visits = tuple(each.model_copy(update={"state": "published", "version": 1}) for each in found.visits)
    events = tuple(each.model_copy(update={"state": "published", "version": 1}) for each in found.events)
    return Cohort(sources, replace(found, visits=visits, events=events))


def made_up(groups: int, plan_parts: PlanParts = one_after_another) -> Cohort:
    """A published calendar of so many groups."""
    return cohort(scheduling_case(groups), plan_parts)


def planned_yet(groups: int) -> Cohort:
    """So many groups that have just arrived: nothing is planned."""
    sources = _sources(scheduling_case(groups))
    arrived = sources.cohort.model_copy(update={"state": "planning", "version": 0})
    return Cohort(replace(sources, cohort=arrived), Draft((), (), (), (), (), {}))


def stores(database: Database) -> Stores:
    """The service's stores on a database."""
    settings = SchedulingSettings()
    shipped = shipped_calendars(settings.calendar_folder, settings.bank_holiday_division)
    return mongo_stores(database, shipped, lambda: NOW)


async def stored(database: Database, known: Cohort) -> Stores:
    """Save a cohort, with its authorities' calendars as imported."""
    sources, found = known.sources, stores(database)
    await create_indexes(database)
    await found.programmes.put(sources.programme)
    await found.cohorts.put(sources.cohort)
    await _insert(database, "groups", sources.groups, "group_id")
    await _insert(database, "enrolments", list(sources.enrolments.values()), "enrolment_id")
    await _insert(database, "facilitators", sources.facilitators, "appointment_id")
    for code, terms in sources.calendars.terms.items():
        await found.calendars.put(AuthorityCalendar(authority_code=code, source="test", days=tuple(sorted(terms.days))))
    for chunk in _chunks(known.published.visits):
        await found.visits.put(chunk)
    await found.events.put(known.published.events)
    return found


async def _insert(database: Database, name: str, records: Sequence[Record], key: str) -> None:
    documents = [{"_id": getattr(each, key), **each.model_dump(mode="json")} for each in records]
    for start in range(0, len(documents), AT_ONCE):
        await database[name].insert_many(documents[start : start + AT_ONCE])


def _chunks(visits: Sequence[VisitRecord]) -> Iterable[Sequence[VisitRecord]]:
    return (visits[start : start + AT_ONCE] for start in range(0, len(visits), AT_ONCE))


def _sources(problem: Problem) -> Sources:
    settings = SchedulingSettings()
    shipped = shipped_calendars(settings.calendar_folder, settings.bank_holiday_division)
    groups = tuple(
        GroupRecord(group_id=one.id, cohort_id=COHORT, programme_id=PROGRAMME, school_ids=one.schools, number=number)
        for number, one in enumerate(problem.groups, start=1)
    )
    pairs = {school: pair for group in problem.groups for school, pair in group.pairs.items()}
    template = read_template((RELEASED / "peer-visits.yaml").read_text(encoding="utf-8"), "peer-visits.yaml")
    return Sources(
        programme=ProgrammeRecord(
            programme_id=PROGRAMME, year=2026, coordinator_id="per-c", terms=terms_of(template, 2026)
        ),
        cohort=CohortRecord(cohort_id=COHORT, programme_id=PROGRAMME, groups=len(groups), state="published", version=2),
        groups=groups,
        enrolments={school: _enrolment(problem, school, pair) for school, pair in pairs.items()},
        facilitators=[_facilitator(problem, name) for name in problem.facilitators],
        calendars=replace(shipped, terms=problem.calendars),
        today=TODAY,
    )


def _enrolment(problem: Problem, school: str, pair: tuple[str, ...]) -> EnrolmentRecord:
    facts = problem.schools[school]
    people = tuple(
        PersonRecord(person_id=one, role=role, dates_not_possible=_spans(problem.people[one].impossible))
        for one, role in zip(pair, PAIR, strict=True)
    )
    return EnrolmentRecord(
        enrolment_id=f"enr-{school}",
        programme_id=PROGRAMME,
        school_id=school,
        authority_code=facts.authority,
        authority=facts.authority,
        phase=facts.phase,
        region=facts.region,
        easting=facts.easting,
        northing=facts.northing,
        people=people,
        dates_not_possible=_spans(facts.closed),
        version=1,
    )


def _facilitator(problem: Problem, name: str) -> FacilitatorRecord:
    one = problem.facilitators[name]
    return FacilitatorRecord(
        appointment_id=f"app-{name}",
        programme_id=PROGRAMME,
        person_id=name,
        regions=one.regions,
        capacity=one.capacity,
        dates_not_possible=_spans(one.impossible),
        easting=one.easting,
        northing=one.northing,
    )


def _spans(days: Iterable[dt.date]) -> tuple[DateSpan, ...]:
    return tuple(DateSpan(first=day, last=day) for day in sorted(days))
