"""Waits of tests. This module alone polls: no test waits a fixed time.

``until`` waits for a condition, ``until_equal`` for a value, ``at_rest`` until nothing is on its way on the bus, which
is how a test knows that something did *not* happen. ``until_now`` is ``until`` for tests without an event loop.

Seconds to wait are those of a machine of one's own: where others use the processors, too, they pass more slowly.
"""

import asyncio
import inspect
import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from nats.js import JetStreamContext

from shared.bus import subjects
from shared.bus.outbox import backlog
from shared.mongo import Database
from shared.operations import streams

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds: far more than anything needs, so that only what never comes fails."""
EVERY, SELDOM = 0.02, 0.1
"""Seconds between two looks, at first and in the end: each look asks servers that have work to do."""
MOST = 10.0
"""No limit stretches further, so that what hangs on a crowded machine is told within the hour."""
_WORK = (subjects.EVENTS, subjects.PEOPLE, subjects.TIMERS)


def sharing() -> float:
    """How many want each processor at the moment, from 1 where they are idle to MOST."""
    return min(max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)), MOST)


def pauses(every: float) -> Iterator[float]:
    """Seconds from look to look: growing, unless a test asks for its own, as one that must not miss a moment does."""
    pause = every
    while True:
        yield pause
        pause = min(1.2 * pause, SELDOM) if every == EVERY else every


def patience(seconds: float = PATIENCE) -> float:
    """Seconds of the clock for a limit that another library keeps: more where the machine is shared."""
    return seconds * sharing()


class Patience:
    """Runs out after so many seconds, which pass the more slowly the more the machine is shared."""

    def __init__(self, seconds: float) -> None:
        self._left, self._looked = seconds, time.monotonic()

    def is_over(self) -> bool:
        """Tell whether it has run out; look often."""
        now = time.monotonic()
        self._left -= (now - self._looked) / sharing()
        self._looked = now
        return self._left <= 0


async def until(
    condition: Callable[[], Any], what: str = "", *, seconds: float = PATIENCE, every: float = EVERY
) -> Any:
    """Wait until ``condition()``, plain or async, is true, and return what it gave; AssertionError when it is too late.

    ``what`` is what was waited for, in words: "until the draft is told".
    """
    limit, pause = Patience(seconds), pauses(every)
    while True:
        value = condition()
        value = await value if inspect.isawaitable(value) else value
        if value:
            return value
        assert not limit.is_over(), _late(what, seconds, value)
        await asyncio.sleep(next(pause))


async def until_equal(look: Callable[[], Any], expected: T, *, seconds: float = PATIENCE, every: float = EVERY) -> T:
    """Wait until ``look()``, plain or async, gives ``expected``; AssertionError with what it gave last."""
    found: list[Any] = []

    async def same() -> bool:
        value = look()
        found[:] = [await value if inspect.isawaitable(value) else value]
        return bool(found[0] == expected)

    try:
        await until(same, seconds=seconds, every=every)
    except AssertionError:
        raise AssertionError(f"{found[0]!r} did not become {expected!r} within {seconds:g} seconds") from None
    return expected


def until_now(condition: Callable[[], T], what: str = "", *, seconds: float = PATIENCE, every: float = EVERY) -> T:
    """Do what ``until`` does, in a test without an event loop."""
    limit, pause = Patience(seconds), pauses(every)
    while not (value := condition()):
        assert not limit.is_over(), _late(what, seconds, value)
        time.sleep(next(pause))
    return value


async def at_rest(
    jetstream: JetStreamContext, databases: Iterable[Database], *, held: int = 0, seconds: float = PATIENCE
) -> None:
    """Wait until nothing is on its way: outboxes are empty and messages handled, but for ``held`` deferred ones.

    No span of quiet is needed. A handler writes its outbox row before it acknowledges, and the relay publishes before
    it marks. So when no stream grew while consumers and then outboxes were found empty, both were empty at once. It
    takes two looks: a busy server counts for a consumer a moment after it has stored.
    Background tasks (``Service.task``) and reminders that are not due yet are not looked at: wait for their effect.
    """
    known = list(databases)

    async def quiet() -> bool:
        before = await _last_sequences(jetstream)
        _, standing = await streams.status(jetstream)
        if sum(one.waiting + one.in_hand for one in standing) > held:
            return False
        for database in known:
            if (await backlog(database))[0]:
                return False
        return await _last_sequences(jetstream) == before

    async def answered_quiet() -> bool:
        try:
            return await quiet() and await quiet()
        except streams.UNANSWERED:
            return False

    await until(answered_quiet, "until the bus is at rest", seconds=seconds)


async def _last_sequences(jetstream: JetStreamContext) -> list[int]:
    return [(await jetstream.stream_info(name)).state.last_seq for name in _WORK]


def _late(what: str, seconds: float, value: object) -> str:
    waited = what.removeprefix("until ") or "the condition"
    return f"{waited}: not within {seconds:g} seconds; it gave {value!r} last"
