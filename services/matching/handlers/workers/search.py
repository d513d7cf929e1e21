"""Runs a search in a thread, reports its progress, and stops it when its result is no longer wanted."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from services.matching.engine.progress import Progress

__all__ = ["TENTHS", "run_cancellable"]

T = TypeVar("T")

LOOK = 0.5
"""Seconds between looks at the search."""
TENTHS = 10


class _StoppedError(Exception):
    """The search was cancelled."""


async def run_cancellable(
    search: Callable[[Progress], T], wanted: Callable[[], Awaitable[object]], tell: Callable[[int], Awaitable[None]]
) -> T | None:
    """The result of `search`, run in a thread; None when it was cancelled.

    `tell` is called with each tenth done, once at most. When the result is no longer `wanted`, or the service stops,
    the search ends at its next report of progress.
    """
    stopped, far = threading.Event(), [0.0]

    def progress(share: float) -> None:
        far[0] = share
        if stopped.is_set():
            raise _StoppedError

    running = asyncio.ensure_future(asyncio.to_thread(search, progress))
    told = 0
    try:
        while True:
            done, _ = await asyncio.wait({running}, timeout=LOOK)
            if done:
                return running.result()
            if not await wanted():
                break
            tenths = int(far[0] * TENTHS)
            if tenths > told:
                told = tenths
                await tell(tenths)
    finally:
        stopped.set()
    with suppress(_StoppedError):
        await running
    return None
