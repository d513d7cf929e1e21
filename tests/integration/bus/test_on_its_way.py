"""What the demo waits for: rows that are not on the bus yet, reminders that are due and have not fired."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kindred.demo.outboxes import InReach, Inside
from shared.bus import outbox
from shared.bus.clock import set_offset, shared_clock
from shared.bus.timers import Timers
from shared.errors import Unreachable
from tests.waiting import until

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 5, tzinfo=UTC)
SUBJECT = "timers.at.diary.visit-day.1"


def inside(settings, *command):
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    given = {"KINDRED_MONGO_URL": settings.mongo_url, "KINDRED_DATABASE_PREFIX": settings.database_prefix}
    return Inside(command, {"PATH": path, "PYTHONPATH": str(ROOT), **given})


@pytest.fixture(params=["in reach", "inside"])
async def outboxes(request, settings):
    near = InReach(settings.mongo_url, settings.database_prefix)
    made = near if request.param == "in reach" else inside(settings, "env")
    yield made
    await made.close()


async def test_what_waits_in_an_outbox_is_seen_at_once(outboxes, settings, mongo):
    rows = mongo.database(f"{settings.database_prefix}matching")["outbox"]
    assert set((await outboxes.waiting()).values()) == {0}
    await outbox.prepare(mongo.database(f"{settings.database_prefix}matching"), 1)
    await rows.insert_many(
        [{"_id": "1", "waiting": 1, "told": NOW}, {"_id": "2", "waiting": 2, "told": NOW}, {"_id": "3"}]
    )
    found = await outboxes.waiting()
    assert {name: count for name, count in found.items() if count} == {"matching": 2}
    await rows.delete_many({})
    assert set((await outboxes.waiting()).values()) == {0}


async def test_a_process_that_has_ended_is_started_again(settings, mongo):
    assert mongo
    outboxes = inside(settings, "env")
    await outboxes.waiting()
    process = outboxes._process
    process.kill()
    await process.wait()
    assert set((await outboxes.waiting()).values()) == {0}
    await outboxes.close()


async def test_a_container_that_is_not_there_is_said(settings):
    with pytest.raises(Unreachable, match="what waits in the outboxes"):
        await inside(settings, "false").waiting()


async def test_a_reminder_is_overdue_until_it_has_fired(jetstream):
    timers = Timers(jetstream, await shared_clock(jetstream))
    await timers.put(SUBJECT, timers._clock.now() + timedelta(hours=1), {}, b"{}")
    assert await timers.overdue() == 0
    await set_offset(jetstream, timedelta(hours=2))
    moved = Timers(jetstream, await shared_clock(jetstream))
    assert await moved.overdue() == 1
    await moved.refire(timedelta(0))

    async def fired():
        return await moved.overdue() == 0

    await until(fired)
    due = (await jetstream.stream_info("TIMERS", subjects_filter="timers.due.>")).state.subjects or {}
    assert list(due) == [SUBJECT.replace(".at.", ".due.")]
