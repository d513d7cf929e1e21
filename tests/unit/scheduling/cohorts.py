"""Made-up cohorts with a bit of everything, in memory, and what a whole cohort's board makes of a disruption.

In ``varied`` visits are drafts, published, cancelled or pinned, people are in several groups, facilitators are scarce,
and events are in parts.
"""

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

from benchmarks.scheduling_cases import scheduling_case
from benchmarks.scheduling_stored import NOW, Cohort, cohort
from services.scheduling.domain.calendars.records import AuthorityCalendar
from services.scheduling.domain.visits.disruptions import disrupted, settle
from services.scheduling.domain.visits.pauses import redate
from services.scheduling.planner.horizon import frozen_until
from services.scheduling.ports.stores import Stores
from tests.fakes.memory import Memory
from tests.fakes.scheduling import memory_stores
from tests.unit.scheduling.cases import filled
from tests.unit.scheduling.world import SHIPPED

GROUPS = 200
PART = 300
"""People in a part of an event."""
LATER = dt.datetime(2027, 2, 18, 9, tzinfo=dt.UTC)
"""A day on which some visits are past, some too near to be moved, and most to come."""
YEAR = frozenset(dt.date(2026, 11, 2) + dt.timedelta(days=n) for n in range(260))


async def put_all(stores: Stores, known: Cohort) -> Stores:
    """Save a cohort through the ports, with its authorities' calendars as imported."""
    sources = known.sources
    await stores.programmes.put(sources.programme)
    await stores.cohorts.put(sources.cohort)
    for group in sources.groups:
        await stores.groups.put(group)
    for enrolment in sources.enrolments.values():
        await stores.enrolments.put(enrolment)
    for facilitator in sources.facilitators:
        await stores.facilitators.put(facilitator)
    for code, terms in sources.calendars.terms.items():
        await stores.calendars.put(
            AuthorityCalendar(authority_code=code, source="test", days=tuple(sorted(terms.days)))
        )
    await stores.visits.put(known.published.visits)
    await stores.events.put(known.published.events)
    return stores


async def remembered(known: Cohort, memory: Memory, now: dt.datetime = NOW) -> Stores:
    """A cohort in memory."""
    return await put_all(memory_stores(memory, SHIPPED, lambda: now), known)


def shared_people(problem):
    """Every sixth group shares the head of its first school with the next group."""
    groups = list(problem.groups)
    for number in range(0, len(groups) - 1, 6):
        one, other = groups[number], groups[number + 1]
        head, school = one.pairs[one.schools[0]][0], other.schools[0]
        groups[number + 1] = replace(other, pairs={**other.pairs, school: (head, other.pairs[school][1])})
    return replace(problem, groups=tuple(groups))


@cache
def known() -> Cohort:
    """A cohort in which facilitators are scarce, people are shared and some visits are cancelled."""
    found = cohort(shared_people(scheduling_case(GROUPS, crowded=0.7)))
    visits = tuple(
        each.model_copy(update={"state": "cancelled"}) if number % 40 == 7 else each
        for number, each in enumerate(found.published.visits)
    )
    return replace(found, published=replace(found.published, visits=visits))


def movable():
    frozen = frozen_until(NOW.date(), 10, known().sources.calendars.bank_holidays)
    return [each for each in known().published.visits if each.state == "published" and each.visit.on > frozen]


@cache
def varied() -> Cohort:
    """The cohort."""
    found = known()
    visits = tuple(_varied(number, each) for number, each in enumerate(found.published.visits))
    events = tuple(part for each in found.published.events for part in _parts(each))
    return replace(found, published=replace(found.published, visits=visits, events=events))


def _varied(number, record):
    changes: dict[str, Any] = {} if number % 17 else {"pinned": True}
    if record.state == "published" and number % 6 == 0:
        changes |= {"state": "draft", "version": 0}
    return record.model_copy(update=changes)


def _parts(record):
    people = record.event.attendees
    for number, start in enumerate(range(0, len(people), PART)):
        theirs = {"event_id": f"{record.event.event_id}-{number}", "attendees": people[start : start + PART]}
        yield record.model_copy(update={"event": record.event.model_copy(update=theirs)})


def settled_whole(whole, what):
    """The difference that a disruption makes, and what becomes of the events, worked out on the whole board."""
    after, today = replace(whole, sources=disrupted(whole.sources, what)), whole.sources.today
    board = after.board()
    dates = redate(filled(board), whole.events, today, what)
    if dates.moved:
        board = replace(after, events=dates.records).board()
    return replace(settle(board, today, what, dates.displacing), events=dates.sentences), dates


def hardly_free(record, rng):
    """Somebody of a visit, and the days they are away: all but a few, or but those near the group's other visits."""
    others = [each.visit.on for each in varied().published.visits if each.visit.group_id == record.visit.group_id]
    near = {day for day in YEAR for other in others if abs(day - other) < dt.timedelta(days=13)}
    who, few = (
        rng.choice((record.invited[0], record.visit.facilitator_id)),
        rng.sample(sorted(YEAR), rng.choice((0, 3, 12))),
    )
    return rng.choice(((who, YEAR - set(few)), (record.invited[0], YEAR - near), (record.invited[0], YEAR - near)))
