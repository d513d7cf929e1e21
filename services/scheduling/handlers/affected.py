"""Loads what a disruption can change: for a person or school what the repairs of its visits can touch, else the cohort.

Should a visit go to another facilitator and one more of that facilitator's visits be concerned as well, that one is
repaired without their other groups making room.
"""

import datetime as dt

from services.scheduling.domain.assemble import days_of
from services.scheduling.domain.disrupting import AT_A_SCHOOL, POSTPONED, Disruption
from services.scheduling.domain.records import CohortRecord
from services.scheduling.handlers.nearby import Nearby, around
from services.scheduling.handlers.sources import Standing, cohort_of, standing
from services.scheduling.ports import Stores
from shared.commands import scheduling_changes as asked
from shared.errors import Rejected

__all__ = ["Part", "affected"]

Part = Standing | Nearby


async def affected(
    stores: Stores, cohort_id: str, given: asked.Disruption, now: dt.datetime
) -> tuple[Part, Disruption]:
    """The part of a calendar, and the disruption in the domain's words. Raises Rejected where it concerns nobody."""
    cohort = await cohort_of(stores, cohort_id)
    leads = bool(await stores.facts.facilitators(cohort.programme_id, [given.person_id])) if given.person_id else False
    if given.person_id and not leads and not await _attends(stores, cohort, given.person_id):
        raise Rejected("unknown-person", "This person takes no part in the cohort.")
    groups = await _groups(stores, cohort, given.school_id) if given.school_id else []
    if given.school_id and not groups:
        raise Rejected("unknown-school", "This school takes no part in the cohort.")
    reason = given.kind if given.kind != "away" else "illness" if leads else "decline"
    subject = given.person_id or given.school_id or cohort.cohort_id
    what = Disruption(reason, subject, frozenset(days_of(given.days)))
    if reason == POSTPONED:
        return await standing(stores, cohort_id, now), what
    if reason in AT_A_SCHOOL:
        visits = await stores.visits.of_groups(groups)
        return await around(stores, cohort, [each for each in visits if each.visit.on in what.days], now), what
    return await around(stores, cohort, await stores.visits.of_person(cohort_id, subject, what.days), now), what


async def _groups(stores: Stores, cohort: CohortRecord, school_id: str) -> list[str]:
    found = await stores.facts.groups_of_school(cohort.programme_id, school_id)
    return [each.group_id for each in found if each.cohort_id == cohort.cohort_id]


async def _attends(stores: Stores, cohort: CohortRecord, person_id: str) -> bool:
    return bool(await stores.facts.groups_with(cohort, [person_id]))
