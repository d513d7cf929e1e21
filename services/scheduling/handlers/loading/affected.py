"""Loads what a disruption concerns: the groups whose visits it touches and, for a pause, the events and their new days.

For a person or a school these are few groups; for a pause, those with a visit on its days or on an event's new day.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from services.scheduling.domain.calendars.common_days import days_named
from services.scheduling.domain.visits.disruptions import AT_A_SCHOOL, POSTPONED, Disruption, disrupted
from services.scheduling.domain.visits.pauses import EventDates, Filled, concerned, redate
from services.scheduling.domain.visits.problem import Sources, problem_of, standing_rules
from services.scheduling.domain.visits.records import CohortRecord, EventPart, EventRecord, VisitRecord
from services.scheduling.domain.visits.standing import standing_dates
from services.scheduling.handlers.loading.cohorts import cohort_of, load, rules_of
from services.scheduling.planner.cohort_events import suiting
from services.scheduling.planner.diaries import Diaries, horizon_of
from services.scheduling.planner.model import Rules
from services.scheduling.ports.stores import Stores
from shared.commands import scheduling_changes as asked
from shared.errors import Rejected

__all__ = ["Affected", "affected"]

NONE = EventDates(())


@dataclass(frozen=True, slots=True)
class Affected:
    """A disruption in the domain's words; `events` are those of a cohort that pauses, `dates` where they go."""

    what: Disruption
    cohort: CohortRecord
    groups: frozenset[str]
    events: tuple[EventPart, ...] = ()
    dates: EventDates = NONE


async def affected(stores: Stores, cohort_id: str, given: asked.Disruption, now: dt.datetime) -> Affected:
    """What a disruption concerns. Raises Rejected where it concerns nobody."""
    cohort = await cohort_of(stores.cohorts, cohort_id)
    leads = (
        bool(await stores.facilitators.of_programme(cohort.programme_id, [given.person_id]))
        if given.person_id
        else False
    )
    if given.person_id and not leads and not await _attends(stores, cohort, given.person_id):
        raise Rejected("unknown-person", "This person takes no part in the cohort.")
    groups = await _groups(stores, cohort, given.school_id) if given.school_id else []
    if given.school_id and not groups:
        raise Rejected("unknown-school", "This school takes no part in the cohort.")
    reason = given.kind if given.kind != "away" else "illness" if leads else "decline"
    subject = given.person_id or given.school_id or cohort.cohort_id
    what = Disruption(reason, subject, frozenset(days_named(given.days)))
    if reason == POSTPONED:
        return await _paused(stores, cohort, what, now)
    if reason in AT_A_SCHOOL:
        visits = await stores.visits.of_groups(groups)
        return Affected(what, cohort, _of([each for each in visits if each.visit.on in what.days]))
    return Affected(what, cohort, _of(await stores.visits.of_person(cohort_id, subject, what.days)))


def _of(visits: Iterable[VisitRecord]) -> frozenset[str]:
    return frozenset(each.visit.group_id for each in visits)


async def _paused(stores: Stores, cohort: CohortRecord, what: Disruption, now: dt.datetime) -> Affected:
    rules = await rules_of(stores, cohort, now)
    today = rules.today
    events = await stores.outline.events(cohort.cohort_id)
    records = [each.record for each in events]
    dates = EventDates(tuple(records))
    if concerned(records, today, what):
        filled = await _filled(stores, disrupted(rules, what), records)
        dates = redate(filled, records, today, what)
        if dates.tied:
            suits = await _suiting(stores, cohort, filled.rules, what, now)
            dates = redate(replace(filled, suits=suits), records, today, what)
    days = [day for day in what.days | dates.displacing if day > today]
    groups = await stores.outline.groups_on(cohort.cohort_id, days)
    return Affected(what, cohort, frozenset(groups), tuple(events), dates)


async def _filled(stores: Stores, sources: Sources, events: Sequence[EventRecord]) -> Filled:
    """How many visits are on each day, and by which rules an event gets another one."""
    rules = standing_rules(sources, [each.key for each in standing_dates(events)])
    problem = problem_of(sources, rules)
    visits, pinned = await stores.outline.visits_a_day(sources.cohort.cohort_id)
    return Filled(rules, problem.bank_holidays, horizon_of(problem).days, visits, pinned)


async def _suiting(
    stores: Stores, cohort: CohortRecord, rules: Rules, what: Disruption, now: dt.datetime
) -> dict[dt.date, int]:
    """How many people could come on each day, by everybody's diaries."""
    return suiting(Diaries(problem_of(disrupted(await load(stores, cohort, now), what), rules)))


async def _groups(stores: Stores, cohort: CohortRecord, school_id: str) -> list[str]:
    found = await stores.groups.of_school(cohort.programme_id, school_id)
    return [each.group_id for each in found if each.cohort_id == cohort.cohort_id]


async def _attends(stores: Stores, cohort: CohortRecord, person_id: str) -> bool:
    return bool(await stores.groups.with_people(cohort, [person_id]))
