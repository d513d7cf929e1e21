"""The worker: keeps its lines to the relay busy with claimed mails, and leaves nothing behind.

Every step can be cut off. What was claimed and not begun goes back to the queue; where handing over had begun, nobody
knows whether the relay took the mail, and the policy for its class decides. A worker shows that it lives by the
database's clock, so that others take over what a dead one held and nothing of a living one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import uuid4

from services.notifications.domain.delivery import Verdict, after_unknown, judge
from services.notifications.domain.mail import Mail
from services.notifications.handlers.workers.outcomes import OutcomePublisher
from services.notifications.handlers.workers.preparation import Preparation, Ready
from services.notifications.ports import PauseSwitch, Queue, Randomness, Relay, Suppressions
from shared import telemetry
from shared.clock import Clock

T = TypeVar("T")
_log = telemetry.logger("kindred.notifications")
_IDLE = 0.25
_BEAT = 2.0
_SILENT = 10.0
_STALE = 60.0


@dataclass(frozen=True)
class Envelopes:
    """Makes the envelope sender of a mail: the mailbox with the mail's id in it, so that every bounce is placed."""

    mailbox: str

    def sender(self, mail_id: str) -> str:
        """Return the bounce address of a mail."""
        local, _, domain = self.mailbox.partition("@")
        return f"{local}+{mail_id}@{domain}"


class DeliveryWorker:
    """One worker with its lines to the relay."""

    def __init__(
        self, queue: Queue, switch: PauseSwitch, suppressions: Suppressions, *, preparation: Preparation,
        outcomes: OutcomePublisher, lines: Sequence[Relay], envelopes: Envelopes, clock: Clock, randomness: Randomness,
    ) -> None:  # fmt: skip
        self._queue = queue
        self._switch = switch
        self._suppressions = suppressions
        self._preparation = preparation
        self._outcomes = outcomes
        self._lines = lines
        self._envelopes = envelopes
        self._clock = clock
        self._randomness = randomness
        self._owner = f"worker-{uuid4().hex}"
        self._ready: asyncio.Queue[Ready] = asyncio.Queue()
        self._paused = False
        self._stopping = False
        self._beating_since: float | None = None

    async def run(self) -> None:
        """Work until cancelled; mails in hand are finished first."""
        lanes = [asyncio.create_task(self._lane(line)) for line in self._lines]
        others = [
            asyncio.create_task(self._keep_on(step, pause))
            for step, pause in ((self._fill, _IDLE), (self._publish, _IDLE), (self._watch, _BEAT))
        ]
        try:
            await asyncio.gather(*lanes, *others)
        finally:
            self._stopping = True
            for task in others:
                task.cancel()
            await self._finish(lanes)
            await self._queue.release(self._owner)

    async def _finish(self, lanes: Sequence[asyncio.Task[None]]) -> None:
        while not self._ready.empty():
            self._ready.get_nowait()
        await asyncio.wait(lanes, timeout=5.0)
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        await asyncio.gather(*(line.close() for line in self._lines), return_exceptions=True)

    async def _keep_on(self, step: Callable[[], Awaitable[bool]], pause: float) -> None:
        """Repeat a step at once while there is more to do, else after a pause; a failure is one lost turn."""
        while True:
            try:
                more = await step()
            except Exception as error:  # noqa: BLE001 - the database may be away; lanes in the middle of a mail go on
                _log.warning("worker step failed", step=step.__name__, error=type(error).__name__)
                more = False
                await asyncio.sleep(1.0)
            await asyncio.sleep(0 if more else pause)

    async def _fill(self) -> bool:
        self._paused = await self._switch.paused()
        if self._paused or self._ready.qsize() >= len(self._lines):
            return False
        claimed = await self._queue.claim(self._owner, 2 * len(self._lines), self._clock.now())
        for ready in await self._preparation.prepare(claimed) if claimed else ():
            self._ready.put_nowait(ready)
        return bool(claimed)

    async def _publish(self) -> bool:
        return await self._outcomes.publish() > 0

    async def _watch(self) -> bool:
        """Show that this worker lives; settle what dead ones left, though after an outage all get time to beat."""
        try:
            await self._queue.beat(self._owner)
        except Exception:
            self._beating_since = None
            raise
        now = time.monotonic()
        self._beating_since = self._beating_since or now
        first = self._beating_since == now
        if first or now - self._beating_since >= _SILENT:
            for mail in await self._queue.orphans(_SILENT):
                await self._orphan(mail)
        return False

    async def _orphan(self, mail: Mail) -> None:
        now = self._clock.now()
        if mail.handing:
            verdict = after_unknown(reminder=mail.kind.reminder, extra_used=mail.extra_used, now=now)
        else:
            verdict = Verdict("queued", try_at=now, detail="Its worker stopped before handing it over.")
        await self._queue.settle(mail, verdict, now, extra=mail.handing and verdict.state == "queued")

    async def _lane(self, line: Relay) -> None:
        while not self._stopping:
            try:
                async with asyncio.timeout(0.5):
                    ready = await self._ready.get()
            except TimeoutError:
                continue
            asked = time.monotonic()
            await line.open()
            if self._paused or time.monotonic() - asked > _STALE:
                await self._settle(ready.mail, Verdict("queued", try_at=self._clock.now(), detail="Held back."))
                continue
            if await self._begin(ready.mail):
                await self._hand_over(line, ready)

    async def _hand_over(self, line: Relay, ready: Ready) -> None:
        mail = ready.mail
        attempt = await line.hand_over(self._envelopes.sender(mail.mail_id), ready.to, ready.mime)
        now = self._clock.now()
        verdict = judge(
            attempt, attempts=mail.attempts, first_tried=mail.first_tried or now, now=now,
            reminder=mail.kind.reminder, extra_used=mail.extra_used, chance=self._randomness.fraction(),
        )  # fmt: skip
        if verdict.suppress:
            await self._surely(lambda: self._suppressions.add(ready.to, mail.mail_id, now))
        await self._settle(mail, verdict, extra=attempt.ending == "lost-after-data" and verdict.state == "queued")

    async def _begin(self, mail: Mail) -> bool:
        return await self._surely(lambda: self._queue.begin(mail, self._clock.now()))

    async def _settle(self, mail: Mail, verdict: Verdict, *, extra: bool = False) -> None:
        await self._surely(lambda: self._queue.settle(mail, verdict, self._clock.now(), extra=extra))

    async def _surely(self, step: Callable[[], Awaitable[T]]) -> T:
        """Carry out a step of the store, again while the database is away: the relay's answer must not be lost."""
        while True:
            try:
                return await step()
            except Exception as error:  # noqa: BLE001 - whatever the driver raises, giving up would mean sending twice
                _log.warning("store did not answer", error=type(error).__name__)
                await asyncio.sleep(0.5)
