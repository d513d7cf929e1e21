"""The worker: keeps its connections to the relay busy, and gives back what it has not begun when it stops.

Workers show life by the database's clock. Others take over the mails of a dead worker, and none of a living one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from services.notifications.handlers.workers.delivery import Delivery
from services.notifications.handlers.workers.outcomes import OutcomePublisher
from services.notifications.handlers.workers.preparation import Ready
from services.notifications.ports import Relay
from shared import telemetry

_log = telemetry.logger("kindred.notifications")
_IDLE, _BEAT, _COUNT = 0.25, 2.0, 10.0
_SILENT = 10.0


class DeliveryWorker:
    """One worker with its connections to the relay. ``prober`` is one more, to learn whether the relay is there."""

    def __init__(self, delivery: Delivery, outcomes: OutcomePublisher, relays: Sequence[Relay], prober: Relay) -> None:
        self._delivery = delivery
        self._outcomes = outcomes
        self._relays = relays
        self._prober = prober
        self._ready: asyncio.Queue[Ready] = asyncio.Queue()
        self._few = asyncio.Event()
        self._stopping = False
        self._beating_since: float | None = None

    async def run(self) -> None:
        """Work until cancelled; mails in hand are finished first."""
        lanes = [asyncio.create_task(self._lane(relay)) for relay in self._relays]
        steps = (
            (self._fill, _IDLE), (self._publish, _IDLE), (self._probe, _IDLE), (self._watch, _BEAT),
            (self._count, _COUNT),
        )  # fmt: skip
        others = [asyncio.create_task(self._keep_on(step, pause)) for step, pause in steps]
        try:
            await asyncio.gather(*lanes, *others)
        finally:
            self._stopping = True
            for task in others:
                task.cancel()
            await self._finish(lanes)
            await self._delivery.release()

    async def _finish(self, lanes: Sequence[asyncio.Task[None]]) -> None:
        while not self._ready.empty():
            self._ready.get_nowait()
        await asyncio.wait(lanes, timeout=5.0)
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(5.0):
                await self._delivery.noted()
        await asyncio.gather(*(relay.close() for relay in (*self._relays, self._prober)), return_exceptions=True)

    async def _keep_on(self, step: Callable[[], Awaitable[bool]], pause: float) -> None:
        """Repeat a step: at once while there is more to do, else after a pause. A failure costs one turn."""
        while True:
            try:
                more = await step()
            except Exception as error:  # noqa: BLE001 - the database may be away; mails in hand go on
                _log.warning("worker step failed", step=step.__name__, error=type(error).__name__)
                more = False
                await asyncio.sleep(1.0)
            await asyncio.sleep(0 if more else pause)

    async def _fill(self) -> bool:
        if self._enough:
            self._few.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_IDLE):
                    await self._few.wait()
            return True
        claimed = await self._delivery.claim(2 * len(self._relays))
        for ready in claimed or ():
            self._ready.put_nowait(ready)
        return claimed is not None

    @property
    def _enough(self) -> bool:
        """Whether there is a mail for each connection."""
        return self._ready.qsize() >= len(self._relays)

    async def _publish(self) -> bool:
        return await self._outcomes.publish() > 0

    async def _probe(self) -> bool:
        await self._delivery.probe(self._prober)
        return False

    async def _count(self) -> bool:
        await self._delivery.count()
        return False

    async def _watch(self) -> bool:
        """Show life, and settle what dead workers left. After an outage all workers first get time to show life."""
        try:
            await self._delivery.show_life()
        except Exception:
            self._beating_since = None
            raise
        now = time.monotonic()
        self._beating_since = self._beating_since or now
        first = self._beating_since == now
        if first or now - self._beating_since >= _SILENT:
            await self._delivery.take_over(_SILENT)
        return False

    async def _lane(self, relay: Relay) -> None:
        while not self._stopping:
            try:
                async with asyncio.timeout(0.5):
                    ready = await self._ready.get()
            except TimeoutError:
                continue
            if not self._enough:
                self._few.set()
            await self._delivery.hand_over(relay, ready)
