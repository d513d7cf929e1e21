"""A disruption reads what its repairs can touch, and comes to what the whole cohort's board comes to."""

import datetime as dt
import random
from collections import Counter

import pytest

from benchmarks.scheduling_stored import COHORT, NOW
from services.scheduling.handlers.loading import affected as handler
from services.scheduling.handlers.loading import nearby
from services.scheduling.handlers.loading.affected import affected
from services.scheduling.handlers.loading.cohorts import load, standing
from services.scheduling.handlers.loading.settled import settled
from services.scheduling.handlers.queries import what_if
from services.scheduling.handlers.queries.what_if import WhatIfQueries
from shared.commands.scheduling_changes import Disruption, WhatIf
from shared.errors import Rejected
from shared.events.base import DateSpan
from tests.fakes.memory import Memory
from tests.unit.scheduling.cohorts import hardly_free, movable, remembered, settled_whole, varied
from tests.workers import UNTRACED

pytestmark = UNTRACED


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
async def found(memory):
    return await remembered(varied(), memory)


def disruptions(rng):
    """An absence, an illness, a closure and an inspection around visits that can be moved."""
    for record in rng.sample(movable(), 4):
        visit = record.visit
        for kind, subject in (
            ("away", {"person_id": visit.attendees[0].person_id}),
            ("away", {"person_id": visit.facilitator_id}),
            ("closure", {"school_id": visit.host_school_id}),
            ("inspection", {"school_id": visit.attendees[-1].school_id}),
        ):
            yield Disruption(kind=kind, days=(DateSpan(first=visit.on, last=visit.on),), **subject)


async def test_what_is_loaded_comes_to_what_the_whole_cohort_comes_to(found):
    whole, moved = await standing(found, COHORT, NOW), 0
    for given in disruptions(random.Random(2)):
        part = await affected(found, COHORT, given, NOW)
        near, _, difference = await settled(found, part, NOW)
        assert len(near.visits) < len(whole.visits) / 4
        assert difference == settled_whole(whole, part.what)[0]
        moved += len(difference.consequences)
    assert moved > 15


def pause_that_leaves(days):
    """All of the mid-year event's time but some of its days pauses."""
    first, last = dt.date(2027, 1, 18), dt.date(2027, 3, 26)
    ends = [*sorted(days), last + dt.timedelta(days=1)]
    starts = [first, *(day + dt.timedelta(days=1) for day in sorted(days))]
    spans = [
        DateSpan(first=one, last=end - dt.timedelta(days=1)) for one, end in zip(starts, ends, strict=True) if one < end
    ]
    return Disruption(kind="postponement", days=tuple(spans))


def pauses(rng):
    """Pauses of a day to seven weeks, some around events, some near; each with people who can hardly come otherwise."""
    events = sorted({each.event.on for each in varied().published.events})
    days = [each.visit.on for each in movable()]
    busiest = Counter(day for day in days if dt.date(2027, 1, 18) <= day <= dt.date(2027, 3, 26)).most_common(3)
    yield pause_that_leaves([day for day, _ in busiest]), []
    for number in range(18):
        first, length = rng.choice([*days, NOW.date(), dt.date(2026, 11, 12)]), rng.choice((0, 1, 4, 11))
        if number % 3 == 0:
            first, length = rng.choice(events) - dt.timedelta(days=number % 2 * 20), rng.choice((20, 45))
        span = DateSpan(first=first, last=first + dt.timedelta(days=length))
        theirs = [each for each in varied().published.visits if span.first <= each.visit.on <= span.last]
        busy = rng.sample(theirs, min(len(theirs), 15))
        yield Disruption(kind="postponement", days=(span,)), busy


def outline(dates):
    """What becomes of the events, without their people."""
    moved = [
        (each.before.event.event_id, each.after.event.on, each.after.version, each.sentence) for each in dates.moved
    ]
    return moved, [(each.record.event.event_id, each.sentence) for each in dates.left], dates.displacing


async def test_a_pause_comes_to_what_the_whole_cohort_comes_to(found, memory, monkeypatch):
    rng, tiers, events, loaded = random.Random(11), Counter[str](), Counter[str](), []

    async def counted(*given):
        loaded.append(given)
        return await load(*given)

    monkeypatch.setattr(handler, "load", counted)
    for given, busy in pauses(rng):
        for record in busy:
            await found.days_off.rule_out(*hardly_free(record, rng))
        whole, part = await standing(found, COHORT, NOW), await affected(found, COHORT, given, NOW)
        _, _, difference = await settled(found, part, NOW)
        same, dates = settled_whole(whole, part.what)
        assert difference == same
        assert outline(part.dates) == outline(dates)
        tiers.update(each.tier.value for each in difference.consequences)
        tiers["coordinator"] += len(difference.undecided)
        displaced = any(one.visit.on in dates.displacing for one in whole.visits if one.state != "cancelled")
        events.update(moved=len(dates.moved), left=len(dates.left), tied=dates.tied, displaced=displaced)
        memory["ruled_out"].clear()
    assert set(tiers) == {"visit", "group", "facilitator", "another-facilitator", "coordinator"}, tiers
    assert min(events.values()) > 0, events
    assert len(loaded) == events["tied"] < 8


async def test_a_pause_away_from_events_leaves_most_of_the_cohort_unread(found):
    day = movable()[40].visit.on
    given = Disruption(kind="postponement", days=(DateSpan(first=day, last=day),))
    part = await affected(found, COHORT, given, NOW)
    near, _, difference = await settled(found, part, NOW)
    assert len(difference.consequences) >= 5
    assert len(near.sources.groups) < len(varied().sources.groups) / 2


async def test_the_people_of_all_parts_of_an_event_are_counted(found):
    event = next(each.event for each in varied().published.events if each.event.activity == "mid-year")
    given = Disruption(kind="postponement", days=(DateSpan(first=event.on, last=event.on),))
    answer = await WhatIfQueries(found).what_if(WhatIf(cohort_id=COHORT, disruption=given))
    (row,) = answer.events
    theirs = [each for each in varied().published.events if each.event.activity == "mid-year"]
    assert len(theirs) > 1
    assert (row.event_id, row.people) == (theirs[0].event.event_id, sum(len(each.invited) for each in theirs))


async def test_of_very_much_the_first_is_shown_and_all_is_counted(found, monkeypatch):
    days = (DateSpan(first=dt.date(2027, 3, 1), last=dt.date(2027, 3, 12)),)
    query = WhatIf(cohort_id=COHORT, disruption=Disruption(kind="postponement", days=days))
    whole = await WhatIfQueries(found).what_if(query)
    monkeypatch.setattr(what_if, "MOST", 3)
    monkeypatch.setattr(what_if, "MOST_NOTICES", 5)
    shown = await WhatIfQueries(found).what_if(query)
    assert (shown.moves, shown.left, shown.notices) == (whole.moves[:3], whole.left[:3], whole.notices[:5])
    counted = (shown.moves_in_all, shown.left_in_all, shown.notices_in_all)
    assert counted == (len(whole.moves), len(whole.left), len(whole.notices))
    assert min(counted) > 0
    assert shown.digest == whole.digest


async def test_who_takes_no_part_is_refused(found):
    days = (DateSpan(first=NOW.date(), last=NOW.date()),)
    with pytest.raises(Rejected, match="unknown-person"):
        await affected(found, COHORT, Disruption(kind="away", days=days, person_id="per-nobody"), NOW)
    with pytest.raises(Rejected, match="unknown-school"):
        await affected(found, COHORT, Disruption(kind="closure", days=days, school_id="sch-nowhere"), NOW)


async def test_a_pause_of_centuries_is_refused(found):
    days = (DateSpan(first=dt.date.min, last=dt.date.max),)
    with pytest.raises(Rejected, match="too-long"):
        await affected(found, COHORT, Disruption(kind="postponement", days=days), NOW)


async def test_of_a_large_share_of_the_groups_all_are_loaded_and_it_is_worked_out_once(found, monkeypatch):
    days, loaded, of_groups = (DateSpan(first=dt.date(2027, 3, 1), last=dt.date(2027, 5, 28)),), [], nearby.of_groups

    async def counted(*given):
        near = await of_groups(*given)
        loaded.append(len(near.sources.groups))
        return near

    monkeypatch.setattr(nearby, "of_groups", counted)
    part = await affected(found, COHORT, Disruption(kind="postponement", days=days), NOW)
    _, _, difference = await settled(found, part, NOW)
    assert loaded == [len(varied().sources.groups)]
    assert difference == settled_whole(await standing(found, COHORT, NOW), part.what)[0]
