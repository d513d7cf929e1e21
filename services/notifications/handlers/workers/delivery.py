"""The steps that take a mail from the queue to the relay. A process can die between any two, and no mail is lost.

A mail that was claimed and not begun goes back to the queue. When handing over had begun, nobody knows whether the
relay took the mail; the policy for its kind decides.
"""

import time
from dataclasses import dataclass
from uuid import uuid4

from services.notifications.domain.delivery import Verdict, after_unknown, judge
from services.notifications.domain.kinds import ALWAYS
from services.notifications.domain.mail import Mail
from services.notifications.domain.seals import tagged
from services.notifications.handlers.workers.preparation import Preparation, Ready
from services.notifications.handlers.workers.progress import Progress, surely
from services.notifications.handlers.workers.relay_watch import RelayWatch
from services.notifications.ports import PauseSwitch, Queue, Randomness, Relay, Suppressions
from shared import telemetry
from shared.clock import Clock

_STALE = 60.0


@dataclass(frozen=True)
class Envelopes:
    """Makes envelope senders: the mailbox with the mail's id and a seal in it, so that a bounce names its mail.

    Nobody can guess the seal, so a forged bounce holds no address.
    """

    mailbox: str

    def sender(self, mail_id: str, seal: str) -> str:
        """Return the bounce address of a mail."""
        return tagged(self.mailbox, mail_id, seal)


class Delivery:
    """Claims mails, hands them over, and settles what became of them."""

    def __init__(
        self, queue: Queue, switch: PauseSwitch, suppressions: Suppressions, *, preparation: Preparation,
        watch: RelayWatch, envelopes: Envelopes, clock: Clock, randomness: Randomness,
    ) -> None:  # fmt: skip
        self._queue = queue
        self._switch = switch
        self._suppressions = suppressions
        self._preparation = preparation
        self._progress = Progress(queue)
        self._watch = watch
        self._envelopes = envelopes
        self._clock = clock
        self._randomness = randomness
        self._owner = f"worker-{uuid4().hex}"
        self._paused = False

    async def claim(self, limit: int) -> list[Ready] | None:
        """Claim and write mails that are due. None when there are none, or the relay is away.

        While mails are paused, only those go out that always do. While the relay is away, mails that are due become
        `deferred` with the reason. They stay due.
        """
        self._paused = await self._switch.paused()
        if self._watch.away:
            await self._queue.postpone(self._watch.why, self._clock.now())
            return None
        claimed = await self._queue.claim(self._owner, limit, self._clock.now(), ALWAYS if self._paused else None)
        return await self._preparation.prepare(claimed) if claimed else None

    async def hand_over(self, relay: Relay, ready: Ready) -> None:
        """Hand one mail over on this connection. What became of it is noted by the time the next one begins."""
        asked = time.monotonic()
        if not self._watch.away:
            self._watch.note(await relay.open())
        if self._watch.away:
            self._settle(ready.mail, Verdict("deferred", try_at=self._clock.now(), detail=self._watch.why))
        elif (self._paused and not ready.mail.kind.always) or time.monotonic() - asked > _STALE:
            self._settle(ready.mail, Verdict("queued", try_at=self._clock.now(), detail="Held back."))
        elif await self._progress.begin(ready.mail, self._clock.now()):
            await self._hand_over(relay, ready)

    async def noted(self) -> None:
        """Return once it is noted what became of every mail that was handed over."""
        await self._progress.written()

    async def probe(self, relay: Relay) -> None:
        """Connect to the relay and disconnect, to learn whether it takes mails."""
        if self._watch.due:
            self._watch.note(await relay.open())
            await relay.close()

    async def show_life(self) -> None:
        """Show that this worker lives, so that nobody takes over what it holds."""
        await self._queue.beat(self._owner)

    async def take_over(self, silent_seconds: float) -> None:
        """Settle the mails of workers that have shown no life for so long."""
        for mail in await self._queue.orphans(silent_seconds):
            now = self._clock.now()
            if mail.handing:
                verdict = after_unknown(reminder=mail.kind.reminder, extra_used=mail.extra_used, now=now)
            else:
                verdict = Verdict("queued", try_at=now, detail="Its worker stopped before handing it over.")
            await self._queue.settle(mail, verdict, now, extra=mail.handing and verdict.state == "queued")

    async def release(self) -> None:
        """Give back what was claimed and not begun."""
        await self._queue.release(self._owner)

    async def count(self) -> None:
        """Set the gauges of mails by state, and of those that wait because they were refused."""
        for state, count in (await self._queue.counts()).items():
            telemetry.MAILS.labels(state).set(count)
        for fault, count in (await self._queue.refused()).items():
            telemetry.REFUSED.labels(fault).set(count)

    async def _hand_over(self, relay: Relay, ready: Ready) -> None:
        mail = ready.mail
        attempt = await relay.hand_over(self._envelopes.sender(mail.mail_id, ready.seal), ready.to, ready.mime)
        self._watch.note(attempt)
        now = self._clock.now()
        verdict = judge(
            attempt, attempts=mail.attempts, first_tried=mail.first_tried or now, now=now,
            reminder=mail.kind.reminder, extra_used=mail.extra_used, chance=self._randomness.fraction(),
        )  # fmt: skip
        if verdict.suppress:
            await surely(lambda: self._suppressions.add(ready.to, mail.mail_id, now))
        self._settle(mail, verdict, extra=attempt.ending == "lost-after-data" and verdict.state == "queued")

    def _settle(self, mail: Mail, verdict: Verdict, *, extra: bool = False) -> None:
        self._progress.settle(mail, verdict, self._clock.now(), extra=extra)
