"""Drafts that take a while: they tell how far they are, can be called off, and survive a kill as one cohort."""

import asyncio
import os
import sys
from contextlib import suppress

import pytest

from services.matching.app import build
from services.matching.domain.records import GroupRecord
from services.matching.handlers.workers.groups import AT_ONCE, GroupPublisher
from services.matching.store import MongoStores
from shared.bus import Topology
from shared.commands.matching import CancelMatching, ListCohorts
from shared.errors import Retryable
from shared.events.matching import CohortDrafted, GroupFormed, MatchingCancelled, MatchingProgressed, MatchingStarted
from shared.mongo import connect
from shared.operations import streams
from tests.fakes.matching import facts
from tests.waiting import patience, until, until_equal

FEW, MORE = 9, 310
"""Schools; the steps count only where there are more than 300, to be brought near the bound instead."""
LONG = 400_000
"""Steps a school that take ten seconds at least."""


@pytest.fixture
def own(own):
    return own.model_copy(update={"matching_steps": LONG})


async def test_a_long_draft_tells_how_far_it_is_and_stops_within_seconds_of_being_cancelled(world):
    await world.tell(*facts.everything(MORE))
    (begun, *_) = await world.until(MatchingProgressed, seconds=60)
    assert 0 < begun.share < 1
    assert (await world.shown()).cohort.progress >= begun.share
    await world.client.ask(CancelMatching(programme_id="prg-1"))
    (cancelled,) = await world.until(MatchingCancelled)
    assert cancelled.revision == 1
    shown = await world.shown()
    assert (shown.cohort.state, shown.cohort.progress) == ("failed", None)
    await until_equal(lambda: _in_hand(world), 0, seconds=15)
    assert world.of(CohortDrafted) == []


async def _in_hand(world):
    info = await world.client.connection.jetstream().consumer_info("EVENTS", "matching-draft")
    return info.num_ack_pending


async def start(own, failpoint="", steps=100):
    names = ("nats_url", "mongo_url", "mongo_driver", "database_prefix")
    environment = {f"KINDRED_{name.upper()}": str(getattr(own, name)) for name in names}
    environment |= {"KINDRED_MATCHING_STEPS": str(steps), "FAILPOINT": failpoint}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.matching.app", env={**os.environ, **environment}
    )


@pytest.mark.parametrize("moment", ["worker-started", "in the search", "worker-finished"])
async def test_a_kill_while_drafting_leads_to_exactly_one_draft(own, around, jetstream, moment):
    await streams.apply(jetstream, Topology.of([build(own).topology(), around.mouth.topology()]))
    midway = moment == "in the search"
    await around.tell(*facts.everything(MORE if midway else FEW))
    first = await start(own, "" if midway else f"matching.{moment}:kill", LONG if midway else 100)
    try:
        if midway:
            await around.until(MatchingProgressed, seconds=60)
            first.kill()
        async with asyncio.timeout(patience(60)):
            assert await first.wait() == -9
        assert around.of(CohortDrafted) == []
        second = await start(own)
        try:
            (drafted,) = await around.until(CohortDrafted, seconds=60)
            await around.at_rest()
            assert (drafted.revision, len(around.of(CohortDrafted)), len(around.of(MatchingStarted))) == (1, 1, 1)
            assert len((await around.client.find(ListCohorts())).cohorts) == 1
        finally:
            second.kill()
            await second.wait()
    finally:
        with suppress(ProcessLookupError):
            first.kill()


async def test_a_large_cohort_is_told_in_bounded_batches_and_a_crash_between_them_loses_and_doubles_none(
    own, around, running, monkeypatch
):
    mongo = connect(own.mongo_url, own.mongo_driver)
    stores = MongoStores.of(mongo.database(f"{own.database_prefix}matching"))
    count = 2 * AT_ONCE + 50
    groups = [
        GroupRecord(
            group_id=f"grp-{n:04}", cohort_id="coh-1", programme_id="prg-1", revision=1, number=n,
            school_ids=(f"a{n}", f"b{n}", f"c{n}"),
        )
        for n in range(count)
    ]  # fmt: skip
    await stores.groups.replace_drafts("coh-1", groups)
    await stores.groups.publish_groups("coh-1")
    await mongo.close()
    sizes, tell = [], GroupPublisher.publish_next

    async def counting(self, work):
        told = await tell(self, work)
        sizes.append(len(work.outgoing))
        if len(sizes) == 2:
            raise Retryable("This crash comes once, before the transaction commits.")
        return told

    monkeypatch.setattr(GroupPublisher, "publish_next", counting)
    matching = build(own)
    await running(matching)
    told = await around.until(GroupFormed, count, seconds=60)
    await until(lambda: sizes[-1:] == [0], "until a look finds nothing more to publish")
    await around.at_rest()
    assert sorted(group.number for group in told) == list(range(count))
    assert len([event for event in around.heard if type(event) is GroupFormed]) == count
    assert [size for size in sizes if size] == [200, 200, 200, 50]
