"""Clocks of several processes stay together."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, cast

from shared.bus.clock import follow, set_offset
from shared.clock import AdjustableClock
from tests.waiting import until, until_equal

HOUR = timedelta(hours=1)


class Ear:
    """A connection that tells when somebody listens through it; a deaf one listens where nothing is said."""

    def __init__(self, connection, *, deaf=False):
        self.jetstream, self._connection, self._deaf = connection.jetstream, connection, deaf
        self.open = asyncio.Event()

    async def subscribe(self, subject, cb):
        subscription = await self._connection.subscribe("nothing" if self._deaf else subject, cb=cb)
        await self._connection.flush()
        self.open.set()
        return subscription


@asynccontextmanager
async def following(ear, every):
    """A clock that follows, from when it listens."""
    clock = AdjustableClock()
    task = asyncio.create_task(follow(cast("Any", ear), clock, every=every))
    await ear.open.wait()
    yield clock
    task.cancel()
    await asyncio.wait([task])


async def test_a_clock_that_is_moved_is_followed_at_once(connection, jetstream):
    """It would not look by itself for an hour."""
    async with following(Ear(connection), every=3600.0) as clock:
        for offset in (HOUR, 2 * HOUR):
            await set_offset(jetstream, offset)
            await until_equal(lambda: clock.offset, offset)


async def test_a_message_that_was_missed_is_made_up_for(connection, jetstream):
    async with following(Ear(connection, deaf=True), every=0.1) as clock:
        await set_offset(jetstream, HOUR)
        await until(lambda: clock.offset >= HOUR)
