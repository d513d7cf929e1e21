"""One decline reads what its repair can touch, never the cohort, and comes to what the whole board comes to."""

import datetime as dt
import random
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from benchmarks.scheduling_cases import scheduling_case
from benchmarks.scheduling_stored import COHORT, NOW, Cohort, cohort, stored
from services.scheduling.domain.visits.disruptions import Disruption, disrupted
from services.scheduling.domain.visits.problem import planned
from services.scheduling.domain.visits.repair import carried_out
from services.scheduling.handlers.answers import Answers
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.commands.answers import AnswerCommands
from services.scheduling.handlers.loading.cohorts import standing
from services.scheduling.handlers.loading.nearby import repaired
from services.scheduling.planner.horizon import frozen_until
from services.scheduling.planner.replan import Replanner, Step, Tier
from shared.bus import UnitOfWork
from shared.commands.scheduling import AnswerInvitation

GROUPS = 200
READ_AT_MOST = 150
"""Documents read by a decline that a facilitator's other groups cannot help: none of it grows with the cohort."""


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


@pytest.fixture
def database(mongo, settings):
    return mongo.database(f"{settings.database_prefix}scheduling")


@pytest.fixture
async def found(database):
    return await stored(database, known())


def movable():
    frozen = frozen_until(NOW.date(), 10, known().sources.calendars.bank_holidays)
    return [each for each in known().published.visits if each.state == "published" and each.visit.on > frozen]


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
        await found.calendars.rule_out(who, days)
        near = await repaired(found, record, NOW)
        await found.calendars.forget(who)
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


async def profiled(database, mongo, work):
    """The reads that `work` makes of the database, in a transaction like the bus's."""
    await database.raw.command("profile", 2)
    await mongo.in_transaction(work)
    await database.raw.command("profile", 0)
    where = {"op": {"$in": ["query", "getmore"]}}
    return [each async for each in database["system.profile"].find(where)]


def declining(found, record, person):
    command = AnswerInvitation(
        target_id=record.visit.visit_id, target_kind="visit", person_id=person, answer="declined"
    )
    work = UnitOfWork(now=NOW, actor=person, event_id="e", correlation_id="c")

    async def answer():
        await AnswerCommands(Answers(found, Changes(found))).answer(command, work)

    return answer, work


@pytest.mark.parametrize("who", ["attendee", "facilitator"])
async def test_a_decline_asks_for_no_cohort_whole_and_reads_few_documents(found, database, mongo, who):
    record = movable()[20]
    person = record.visit.facilitator_id if who == "facilitator" else record.visit.attendees[0].person_id
    answer, work = declining(found, record, person)
    reads = await profiled(database, mongo, answer)
    kinds = [type(fact).__name__ for fact in work.outgoing]
    assert kinds[0] == "InvitationAnswered"
    assert {"VisitMoved", "VisitChanged", "CoordinatorAsked"} & set(kinds)
    filters = [
        (each["ns"].rpartition(".")[2], each["command"].get("filter", {})) for each in reads if each["op"] == "query"
    ]
    narrow = {"_id", "group_id", "school_id", "school_ids", "people.person_id", "people", "visit.facilitator_id"}
    broad = [
        (name, asked)
        for name, asked in filters
        if name in {"visits", "groups", "enrolments"} and not narrow & set(asked)
    ]
    assert broad == []
    examined = Counter[str]()
    for each in reads:
        examined[each["ns"].rpartition(".")[2]] += each.get("docsExamined", 0)
    assert sum(examined.values()) - examined["facilitators"] <= READ_AT_MOST, examined
    assert examined["facilitators"] <= len(known().sources.facilitators) + 4  # its leaders, then all who serve
    assert examined["enrolments"] < len(known().sources.enrolments) / 10


async def test_rivals_and_others_are_loaded_only_when_a_step_needs_them(found):
    record = movable()[20]
    person = record.visit.attendees[0].person_id
    await found.calendars.rule_out(person, [record.visit.on])
    simple = await repaired(found, record, NOW)
    assert simple.repair.tier is Tier.VISIT
    mine = {one.group_id for one in simple.near.sources.groups}
    assert record.visit.group_id in mine
    assert len(mine) <= 3  # its own and those that share a head with it
    await found.calendars.rule_out(person, [dt.date(2026, 11, 2) + dt.timedelta(days=n) for n in range(260)])
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
