"""The adjustable clock's offset, kept in the KV bucket CLOCK for all processes; `kindred clock advance` moves it."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError

from shared.bus.offset import KEY, read_offset
from shared.bus.subjects import CLOCK_BUCKET
from shared.bus.timers import Timers
from shared.clock import AdjustableClock
from shared.errors import Rejected

__all__ = ["HORIZON", "advance", "advance_by", "follow", "read_offset", "set_offset", "shared_clock"]

HORIZON = timedelta(days=7)


async def follow(connection: Client, clock: AdjustableClock, every: float = 2.0) -> None:
    """Keep the clock at the shared offset, for ever. Read it when it moves, and every `every` seconds."""
    jetstream, moved = connection.jetstream(), asyncio.Event()

    async def wake(_: Msg) -> None:
        moved.set()

    subscription = await connection.subscribe(f"$KV.{CLOCK_BUCKET}.{KEY}", cb=wake)
    try:
        while True:
            with suppress(NatsError, JetStreamError, OSError):  # without the bus the clock runs on
                await read_offset(jetstream, clock)
            with suppress(TimeoutError):
                async with asyncio.timeout(every):
                    await moved.wait()
            moved.clear()
    finally:
        with suppress(NatsError):
            await subscription.unsubscribe()


async def shared_clock(jetstream: JetStreamContext) -> AdjustableClock:
    """Return the clock that all services share."""
    clock = AdjustableClock()
    await read_offset(jetstream, clock)
    return clock


async def set_offset(jetstream: JetStreamContext, offset: timedelta) -> None:
    """Set the shared offset; running clocks follow it forwards only."""
    store = await jetstream.key_value(CLOCK_BUCKET)
    await store.put(KEY, str(offset.total_seconds()).encode())


async def advance_by(jetstream: JetStreamContext, step: timedelta) -> int:
    """Move every adjustable clock on by ``step`` and fire what became due; return how many reminders were put anew.

    Raises Rejected when ``step`` is negative: time never runs backwards.
    """
    clock = await shared_clock(jetstream)
    if step < timedelta(0):
        raise Rejected("time-runs-forward", f"It is {clock.now():%d %B %Y %H:%M} already; the clock only moves on.")
    clock.move(clock.offset + step)
    await set_offset(jetstream, clock.offset)
    return await Timers(jetstream, clock).refire(HORIZON)


async def advance(jetstream: JetStreamContext, to: datetime) -> int:
    """Move every adjustable clock on to ``to``; as ``advance_by``."""
    return await advance_by(jetstream, to - (await shared_clock(jetstream)).now())
