"""What is loaded for the least change comes to what the whole board comes to."""

import datetime as dt
import random
from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.scheduling_stored import COHORT, NOW
from services.scheduling.domain.visits.disruptions import Disruption, disrupted
from services.scheduling.domain.visits.problem import planned
from services.scheduling.domain.visits.repair import carried_out
from services.scheduling.handlers.loading.cohorts import standing
from services.scheduling.handlers.loading.nearby import repaired
from services.scheduling.planner.replan import Replanner, Step, Tier
from tests.fakes.memory import Memory
from tests.unit.scheduling.cohorts import GROUPS, known, movable, remembered
from tests.workers import UNTRACED

pytestmark = UNTRACED


@pytest.fixture
async def found():
    return await remembered(known(), Memory())


def away(record, rng, stands):
    """Who cannot come and when: that day only, or on nearly all days, also on all that the leader has free."""
    leader = record.visit.facilitator_id
    people = [one.person_id for one in record.visit.attendees]
    every = {dt.date(2026, 11, 2) + dt.timedelta(days=n) for n in range(220)}
    busy = {each.visit.on for each in stands.visits if each.visit.facilitator_id == leader}
    left = rng.choice(
        [every, busy, set(rng.sample(sorted(every), 30)), set(rng.sample(sorted(every - busy), 8)), set()]
    )
    who = leader if rng.random() < 0.2 else rng.choice(people)
    return who, sorted(every - left | {record.visit.on})


async def test_what_is_loaded_comes_to_what_the_whole_cohort_comes_to(found):
    whole, rng, tiers = await standing(found, COHORT, NOW), random.Random(5), Counter[Tier]()
    for record in rng.sample(movable(), 60):
        who, days = away(record, rng, whole)
        await found.days_off.rule_out(who, days)
        near = await repaired(found, record, NOW)
        await found.days_off.forget(who)
        stands = replace(whole, sources=disrupted(whole.sources, Disruption("decline", who, frozenset(days))))
        board = stands.board()
        repair = Replanner(board, stands.sources.today).repair(planned(record))
        assert near.repair == repair
        records = {each.visit.visit_id: each for each in whole.visits}
        theirs = {each.visit.visit_id: each for each in near.near.visits}
        name = record.visit.visit_id
        assert carried_out(near.board, theirs, repair, name, "decline") == carried_out(
            board, records, repair, name, "decline"
        )
        tiers[repair.tier] += 1
    assert set(tiers) == set(Tier), tiers


async def test_rivals_and_others_are_loaded_only_when_a_step_needs_them(found):
    record = movable()[20]
    person = record.visit.attendees[0].person_id
    await found.days_off.rule_out(person, [record.visit.on])
    simple = await repaired(found, record, NOW)
    assert simple.repair.tier is Tier.VISIT
    mine = {one.group_id for one in simple.near.sources.groups}
    assert record.visit.group_id in mine
    assert len(mine) <= 3  # its own and those that share a head with it
    await found.days_off.rule_out(person, [dt.date(2026, 11, 2) + dt.timedelta(days=n) for n in range(260)])
    hopeless = await repaired(found, record, NOW)
    assert hopeless.repair.tier is Tier.COORDINATOR
    led = {
        one.visit.group_id
        for one in known().published.visits
        if one.visit.facilitator_id == record.visit.facilitator_id
    }
    assert led <= {one.group_id for one in hopeless.near.sources.groups}
    assert len(hopeless.near.sources.groups) < GROUPS / 4


def test_every_step_has_its_tier_and_the_coordinator_comes_last():
    assert {step.value for step in Step} - {"same-day"} == {tier.value for tier in Tier} - {"coordinator"}
