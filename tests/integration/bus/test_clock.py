"""Clocks of several processes stay together."""

import asyncio
import time
from datetime import timedelta
from typing import Any, cast

import pytest

from shared.bus.clock import follow, set_offset
from shared.clock import AdjustableClock

HOUR = timedelta(hours=1)


@pytest.fixture
async def following(connection, jetstream):
    """A clock that follows and does not look by itself for a minute."""
    assert jetstream
    clock = AdjustableClock()
    task = asyncio.create_task(follow(connection, clock, every=60.0))
    yield clock
    task.cancel()
    await asyncio.wait([task])


async def reached(clock, offset, seconds):
    give_up = time.monotonic() + seconds
    while clock.offset < offset:
        assert time.monotonic() < give_up
        await asyncio.sleep(0.01)


async def test_a_clock_that_is_moved_is_followed_at_once(following, jetstream):
    await asyncio.sleep(0.3)
    await set_offset(jetstream, HOUR)
    await reached(following, HOUR, 5.0)
    await set_offset(jetstream, 2 * HOUR)
    await reached(following, 2 * HOUR, 5.0)


async def test_a_message_that_was_missed_is_made_up_for(connection, jetstream):
    clock = AdjustableClock()

    class Deaf:
        """A connection on which nothing is heard."""

        jetstream = staticmethod(connection.jetstream)

        async def subscribe(self, subject, cb):
            return await connection.subscribe("nothing", cb=cb)

    task = asyncio.create_task(follow(cast("Any", Deaf()), clock, every=0.1))
    await asyncio.sleep(0.3)
    await set_offset(jetstream, HOUR)
    await reached(clock, HOUR, 5.0)
    task.cancel()
    await asyncio.wait([task])
