"""A stored cohort with a bit of everything, and what a disruption or closed days do to it on the whole cohort's board.

Visits are drafts, published, cancelled or pinned, people are in several groups, facilitators are scarce, and events are
in parts.
"""

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

from benchmarks.scheduling_stored import Cohort
from services.scheduling.domain.visits.disruptions import disrupted, settle
from services.scheduling.domain.visits.pauses import redate
from tests.integration.scheduling.test_nearby import known
from tests.unit.scheduling.cases import filled

PART = 300
"""People in a part of an event."""
LATER = dt.datetime(2027, 2, 18, 9, tzinfo=dt.UTC)
"""A day on which some visits are past, some too near to be moved, and most to come."""
YEAR = frozenset(dt.date(2026, 11, 2) + dt.timedelta(days=n) for n in range(260))


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
