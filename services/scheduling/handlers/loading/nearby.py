"""Loads what the least change of a visit can touch, step by step; a whole cohort only where much of it is concerned.

1 always: its group, the groups that share people with it, and the diaries of those who lead its visits
2 for "another group makes room": the other groups of its facilitator, whole
3 for "another facilitator": who travels in the host's region, and the days on which they lead visits

A facilitator's visits to groups that are not loaded count as taken days and against the capacity, so the result is that
of the whole cohort's board. Many visits are repaired on one board: 1 and 3 are loaded at once, and 2 for the
facilitators whose other groups a repair has asked for; then all repairs are done again.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.visits.least_change import Repaired, Wider, least_change
from services.scheduling.domain.visits.nearby import Nearby, Reach
from services.scheduling.domain.visits.problem import Sources, required_of
from services.scheduling.domain.visits.records import (
    CohortRecord,
    EnrolmentRecord,
    FacilitatorRecord,
    GroupRecord,
    ProgrammeRecord,
    VisitRecord,
)
from services.scheduling.handlers.loading.cohorts import cohort_of, engaged, enrolments_of, excused, programme_of
from services.scheduling.planner.board import Board
from services.scheduling.ports.stores import Stores

__all__ = ["around", "nearby", "of_groups", "repaired", "wide_enough"]

T = TypeVar("T")
LARGE_SHARE = 0.3
"""Share of a cohort's groups above which all are loaded: their facilitators' other groups are most of the rest."""


async def repaired(stores: Stores, record: VisitRecord, now: dt.datetime) -> Repaired:
    """The least change for a visit whose date has become impossible; what a step needs is loaded when it is tried."""
    near = _without_doubled(await nearby(stores, record, now), record)
    found = least_change(near, record)
    while isinstance(found, Wider):
        near = await _widened(stores, record, now, near, found.reach)
        found = least_change(near, record, found.tried)
    return found


async def _widened(stores: Stores, record: VisitRecord, now: dt.datetime, near: Nearby, reach: Reach) -> Nearby:
    if reach is Reach.RIVALS:
        rivals = {each.group_id for each in near.led if each.facilitator_id == record.visit.facilitator_id}
        near = _without_doubled(await nearby(stores, record, now, rivals), record)
        return replace(near, reach=frozenset({reach}))
    region = near.sources.enrolments[record.visit.host_school_id].region
    return replace(await _with_serving(stores, [region], now, near), reach=near.reach | {reach})


def _without_doubled(near: Nearby, record: VisitRecord) -> Nearby:
    """The same, where whoever another visit has on the visit's day cannot come to it that day."""
    if not record.doubled:
        return near
    off = {one: (*near.sources.ruled_out.get(one, ()), record.visit.on) for one in record.doubled}
    return replace(near, sources=replace(near.sources, ruled_out={**near.sources.ruled_out, **off}))


async def nearby(
    stores: Stores, record: VisitRecord, now: dt.datetime, rivals: Collection[str] = frozenset()
) -> Nearby:
    """A visit's group, and `rivals` besides. Raises NotYet while a group or an enrolment is missing."""
    cohort = await cohort_of(stores.cohorts, record.visit.cohort_id)
    return await of_groups(stores, cohort, {record.visit.group_id, *rivals}, now)


async def around(stores: Stores, cohort: CohortRecord, records: Sequence[VisitRecord], now: dt.datetime) -> Nearby:
    """All that the least changes of these visits can touch, for every step, loaded at once."""
    own = {record.visit.group_id for record in records}
    near = await of_groups(stores, cohort, own, now)
    rivals = {each.group_id for each in near.led}
    if rivals - own:
        near = await of_groups(stores, cohort, own | rivals, now)
    return await _with_all_serving(stores, now, near)


async def wide_enough(
    stores: Stores,
    cohort: CohortRecord,
    groups: Collection[str],
    now: dt.datetime,
    *,
    supposing: Callable[[Nearby], Nearby],
    work: Callable[[Nearby, Board], T],
) -> tuple[Nearby, Board, T]:
    """Repair visits of these groups: the part of the calendar that this needed, its board, and what `work` returned.

    `work` may run more than once, each time on a new board of what `supposing` makes of a wider part. Where these are a
    large share of the cohort's groups, all are loaded at once.
    """
    wanted = set(groups)
    if len(wanted) > LARGE_SHARE * cohort.groups:
        wanted |= {group.group_id for group in await stores.groups.of_cohort(cohort.cohort_id)}
    while True:
        near = supposing(await _with_all_serving(stores, now, await of_groups(stores, cohort, wanted, now)))
        board = near.board()
        found = work(near, board)
        asked = {each.group_id for each in near.led if each.facilitator_id in board.missed} - wanted
        if not asked:
            return near, board, found
        wanted |= asked


async def of_groups(stores: Stores, cohort: CohortRecord, wanted: Collection[str], now: dt.datetime) -> Nearby:
    """These groups of a cohort, and those that share people with them. Raises NotYet while one is missing."""
    programme = await programme_of(stores.programmes, cohort.programme_id)
    groups, enrolments = await _groups(stores, programme, cohort, set(wanted))
    visits = await stores.visits.of_groups(group.group_id for group in groups)
    leaders = {one.visit.facilitator_id for one in visits if one.visit.facilitator_id}
    facilitators = await stores.facilitators.of_programme(cohort.programme_id, leaders)
    everybody = {one.person_id for each in enrolments.values() for one in each.people} | leaders
    sources = Sources(
        programme=programme,
        cohort=cohort,
        groups=groups,
        enrolments=enrolments,
        facilitators=facilitators,
        calendars=await stores.calendars.in_force(each.authority_code for each in enrolments.values()),
        today=local_date(now, programme.terms.timezone),
        closures=await stores.days_off.closures(enrolments),
        ruled_out=await stores.days_off.ruled_out({*everybody, cohort.cohort_id}),
        engaged=await engaged(stores, everybody, cohort.cohort_id, now),
        excused=excused(visits),
    )
    led = await stores.visits.led(leaders, cohort.cohort_id)
    return Nearby(sources, tuple(visits), await stores.events.dates(cohort.cohort_id), tuple(led))


async def _groups(
    stores: Stores, programme: ProgrammeRecord, cohort: CohortRecord, wanted: set[str]
) -> tuple[list[GroupRecord], dict[str, EnrolmentRecord]]:
    """Groups with the enrolments of their schools, and the groups that share somebody who must attend with them."""
    groups = await stores.groups.named(wanted)
    enrolments = await enrolments_of(stores, programme.programme_id, groups)
    people = {one for each in enrolments.values() for one in required_of(programme, each)}
    sharing = await stores.groups.with_people(cohort, people) - wanted
    if not sharing:
        return groups, enrolments
    groups = await stores.groups.named(wanted | sharing)
    return groups, await enrolments_of(stores, programme.programme_id, groups)


async def _with_all_serving(stores: Stores, now: dt.datetime, near: Nearby) -> Nearby:
    hosts = {visit.visit.host_school_id for visit in near.visits}
    regions = {near.sources.enrolments[host].region for host in hosts if host in near.sources.enrolments}
    return await _with_serving(stores, sorted(regions), now, near)


async def _with_serving(stores: Stores, regions: Iterable[str], now: dt.datetime, near: Nearby) -> Nearby:
    """The same part with everybody who could lead a visit in these regions, and their days."""
    sources = near.sources
    known = {one.person_id for one in sources.facilitators}
    new: dict[str, FacilitatorRecord] = {}
    for region in regions:
        serving = await stores.facilitators.serving(sources.programme.programme_id, region)
        new |= {one.person_id: one for one in serving if one.person_id not in known}
    if not new:
        return near
    cohort_id = sources.cohort.cohort_id
    wider = replace(
        sources,
        facilitators=[*sources.facilitators, *new.values()],
        ruled_out={**sources.ruled_out, **await stores.days_off.ruled_out(new)},
        engaged={**sources.engaged, **await engaged(stores, new, cohort_id, now)},
    )
    return replace(near, sources=wider, led=(*near.led, *await stores.visits.led(new, cohort_id)))
