"""Loads cohorts, programmes and what a cohort's calendar depends on."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.visits.event_programme import place_of
from services.scheduling.domain.visits.problem import Sources
from services.scheduling.domain.visits.records import (
    CohortRecord,
    EnrolmentRecord,
    EventRecord,
    GroupRecord,
    ProgrammeRecord,
    VisitRecord,
)
from services.scheduling.domain.visits.standing import standing_board
from services.scheduling.planner.board import Board
from services.scheduling.ports.cohorts import Cohorts
from services.scheduling.ports.programmes import Programmes
from services.scheduling.ports.stores import Stores
from shared.errors import NotYet, Rejected

__all__ = [
    "Standing", "cohort_of", "engaged", "enrolments_of", "excused", "load", "outlined", "programme_of", "rules_of",
    "standing",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """A cohort's calendar as it stands."""

    sources: Sources
    visits: tuple[VisitRecord, ...]
    events: tuple[EventRecord, ...]

    def board(self) -> Board:
        """Its board, with the days that people have ruled out since."""
        return standing_board(self.sources, self.visits, self.events)


async def cohort_of(cohorts: Cohorts, cohort_id: str) -> CohortRecord:
    """A cohort. Raises Rejected("unknown-cohort")."""
    cohort = await cohorts.cohort(cohort_id)
    if cohort is None:
        raise Rejected("unknown-cohort", "These groups are not published yet. Dates are planned once they are.")
    return cohort


async def programme_of(programmes: Programmes, programme_id: str) -> ProgrammeRecord:
    """A programme. Raises NotYet while its event has not arrived."""
    programme = await programmes.programme(programme_id)
    if programme is None:
        raise NotYet(f"Programme {programme_id} is not known yet.")
    return programme


async def load(stores: Stores, cohort: CohortRecord, now: dt.datetime) -> Sources:
    """Everything the cohort's calendar depends on. Raises NotYet while groups or enrolments are missing."""
    programme = await programme_of(stores.programmes, cohort.programme_id)
    groups = await _groups(stores, cohort)
    enrolments = await enrolments_of(stores, cohort.programme_id, groups)
    facilitators = await stores.facilitators.of_programme(cohort.programme_id)
    people = {one.person_id for enrolment in enrolments.values() for one in enrolment.people}
    people |= {one.person_id for one in facilitators}
    return Sources(
        programme=programme,
        cohort=cohort,
        groups=groups,
        enrolments=enrolments,
        facilitators=facilitators,
        calendars=await stores.calendars.in_force(),
        today=local_date(now, programme.terms.timezone),
        closures=await stores.days_off.closures(enrolments),
        ruled_out=await stores.days_off.ruled_out({*people, cohort.cohort_id}),
        engaged=await engaged(stores, people, cohort.cohort_id, now),
        places=await _places(stores, cohort),
    )


async def _places(stores: Stores, cohort: CohortRecord) -> dict[str, str]:
    """Activity -> the venue that the coordinator has entered for its event."""
    found = await stores.details.of_cohort(cohort.cohort_id)
    return {one.activity: place for one in found if one.venue and (place := place_of(one.venue))}


async def outlined(stores: Stores, cohort: CohortRecord, now: dt.datetime) -> Sources:
    """What `load` finds, without people and facilitators: groups, schools and calendars. Raises as it does."""
    groups = await _groups(stores, cohort)
    schools = {school for group in groups for school in group.school_ids}
    enrolments = _all_of(schools, await stores.outline.schools(cohort.programme_id, schools))
    bare, closures = await rules_of(stores, cohort, now, authorities=None), await stores.days_off.closures(enrolments)
    return replace(bare, groups=groups, enrolments=enrolments, closures=closures)


async def rules_of(
    stores: Stores, cohort: CohortRecord, now: dt.datetime, authorities: Iterable[str] | None = ()
) -> Sources:
    """What the dates of the cohort's events depend on: none of its people or schools.

    `authorities`: whose term dates are there as well; None for all.
    """
    programme = await programme_of(stores.programmes, cohort.programme_id)
    return Sources(
        programme=programme,
        cohort=cohort,
        groups=(),
        enrolments={},
        facilitators=(),
        calendars=await stores.calendars.in_force(authorities),
        today=local_date(now, programme.terms.timezone),
        ruled_out=await stores.days_off.ruled_out([cohort.cohort_id]),
    )


async def _groups(stores: Stores, cohort: CohortRecord) -> list[GroupRecord]:
    groups = await stores.groups.of_cohort(cohort.cohort_id)
    if len(groups) < cohort.groups:
        raise NotYet(f"{len(groups)} of {cohort.groups} groups have arrived.")
    return groups


async def enrolments_of(stores: Stores, programme_id: str, groups: Iterable[GroupRecord]) -> dict[str, EnrolmentRecord]:
    """The enrolments of these groups' schools. Raises NotYet while one is missing."""
    schools = {school for group in groups for school in group.school_ids}
    return _all_of(schools, await stores.enrolments.of_programme(programme_id, schools))


def _all_of(schools: Collection[str], enrolments: Iterable[EnrolmentRecord]) -> dict[str, EnrolmentRecord]:
    found = {one.school_id: one for one in enrolments}
    if len(found) < len(schools):
        raise NotYet(f"{len(found)} of {len(schools)} enrolments have arrived.")
    return found


async def engaged(
    stores: Stores,
    people: Collection[str],
    cohort_id: str,
    now: dt.datetime,
    *,
    arranged: bool = True,
    duties: bool = True,
) -> dict[str, list[dt.date]]:
    """The days of these people that other cohorts have, or that are held for or settled with others.

    `arranged`: with the days that arrangements take, for who asks for whole days; `duties`: with the visits that duties
    bring, for who does not know these duties.
    """
    days = [
        await stores.engagements.elsewhere(people, cohort_id, duties=duties),
        await stores.agreements.held(people, now),
    ]
    if arranged:
        taken = await stores.arrangements.taken(people, now)
        days.append({person: sorted(places) for person, places in taken.items()})
    return _joined(*days)


def _joined(*each: Mapping[str, Sequence[dt.date]]) -> dict[str, list[dt.date]]:
    people = {person for days in each for person in days}
    return {person: sorted({day for days in each for day in days.get(person, ())}) for person in people}


async def standing(stores: Stores, cohort_id: str, now: dt.datetime) -> Standing:
    """A cohort's calendar with everything it depends on. Raises Rejected("unknown-cohort")."""
    sources = await load(stores, await cohort_of(stores.cohorts, cohort_id), now)
    visits = await stores.visits.of_cohort(cohort_id)
    sources = replace(sources, excused=excused(visits))
    return Standing(sources, tuple(visits), tuple(await stores.events.of_cohort(cohort_id)))


def excused(visits: Iterable[VisitRecord]) -> frozenset[tuple[str, str]]:
    """The (group, host) whose visits are cancelled: they host no other, unless the programme only stood still."""
    cancelled = (record.visit for record in visits if record.state == "cancelled" and not record.paused)
    return frozenset((visit.group_id, visit.host_school_id) for visit in cancelled)
