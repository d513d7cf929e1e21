"""The least change goes step by step, says what must be loaded, and goes on where it stopped."""

import datetime as dt
from dataclasses import replace

import pytest

from benchmarks.scheduling_stored import NOW
from services.scheduling.domain.visits.disruptions import Disruption, disrupted
from services.scheduling.domain.visits.least_change import Repaired, Wider, least_change
from services.scheduling.domain.visits.nearby import Reach
from services.scheduling.handlers.loading.nearby import nearby
from services.scheduling.planner.replan import Step, Tier
from tests.fakes.memory import Memory
from tests.unit.scheduling.cohorts import known, movable, remembered


@pytest.fixture(scope="module")
def record():
    return movable()[20]


@pytest.fixture
async def near(record):
    return await nearby(await remembered(known(), Memory()), record, NOW)


def away(near, who, days):
    return replace(near, sources=disrupted(near.sources, Disruption("decline", who, frozenset(days))))


async def test_a_visit_that_finds_another_day_asks_for_nothing_more(near, record):
    found = least_change(away(near, record.visit.attendees[0].person_id, [record.visit.on]), record)
    assert isinstance(found, Repaired)
    assert found.repair.tier is Tier.VISIT
    assert [change.after.on for change in found.repair.changes] != [record.visit.on]


async def test_the_steps_that_found_nothing_are_not_tried_again(near, record, monkeypatch):
    tried = []
    after = away(near, record.visit.attendees[0].person_id, [record.visit.on])
    monkeypatch.setattr(
        "services.scheduling.planner.replan.Replanner.attempt", lambda _, step, visit: tried.append(step)
    )
    asked = least_change(after, record)
    assert isinstance(asked, Wider)
    assert asked == Wider(Reach.RIVALS, frozenset({Step.VISIT, Step.GROUP}))
    wider = replace(after, reach=frozenset({Reach.RIVALS}))
    assert least_change(wider, record, asked.tried) == Wider(
        Reach.SERVING, frozenset({Step.VISIT, Step.GROUP, Step.FACILITATOR})
    )
    whole = replace(after, reach=frozenset(Reach))
    left = least_change(whole, record, asked.tried)
    assert isinstance(left, Repaired)
    assert left.repair.tier is Tier.COORDINATOR
    assert tried == [Step.VISIT, Step.GROUP, Step.FACILITATOR, Step.FACILITATOR, Step.ANOTHER]


async def test_where_only_the_facilitator_cannot_the_first_step_asks_who_else_could_lead(near, record):
    found = least_change(away(near, record.visit.facilitator_id, [record.visit.on]), record)
    assert found == Wider(Reach.SERVING, frozenset())


async def test_a_visit_that_is_too_near_asks_for_nothing_and_is_left_to_the_coordinator(near, record):
    soon = replace(near, sources=replace(near.sources, today=record.visit.on - dt.timedelta(days=2)))
    found = least_change(soon, record)
    assert isinstance(found, Repaired)
    assert (found.repair.tier, found.repair.changes) == (Tier.COORDINATOR, ())
    assert record.visit.on <= found.frozen
