"""Reminders as JetStream message schedules: one subject each. Publishing again reschedules, purging cancels.

A schedule (nats-server 2.12, ADR-51) fires in real time. Under an adjustable clock a due time is converted by the
offset; moving the clock publishes again the schedules that became due, which fire at once.
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from nats.js import JetStreamContext
from nats.js.api import PubAck
from nats.js.errors import NotFoundError

from shared.bus import subjects
from shared.bus.offset import read_offset
from shared.clock import AdjustableClock, Clock

KEPT = "2160h"
"""How long a fired reminder waits for its service: 90 days."""
DUE = "kindred-due"
POLL = 0.05
PATIENCE = 10.0
"""Seconds that the server may take to fire what is due; a quarter of a second is usual."""
AT_ONCE = 64
Standing = tuple[datetime, str, dict[str, str], bytes]
"""A reminder that has not fired: its due time, subject, headers and body."""


class Timers:
    """Schedules of one service, or of all when the clock is moved."""

    def __init__(self, jetstream: JetStreamContext, clock: Clock) -> None:
        self._jetstream = jetstream
        self._clock = clock

    def _real(self, due: datetime) -> datetime:
        offset = self._clock.offset if isinstance(self._clock, AdjustableClock) else timedelta(0)
        try:
            return due.astimezone(UTC) - offset
        except OverflowError:
            return due.astimezone(UTC)

    async def put(self, subject: str, due: datetime, headers: dict[str, str], body: bytes) -> PubAck:
        """Schedule, or reschedule; a due time that has passed fires at once.

        An adjustable clock may move at this moment. Its offset is read before and after, so that either this call or
        the one that moves it sees the other.
        """
        if not isinstance(self._clock, AdjustableClock):
            return await self._publish(subject, due, headers, body)
        while True:
            await read_offset(self._jetstream, self._clock)
            offset = self._clock.offset
            accepted = await self._publish(subject, due, headers, body)
            await read_offset(self._jetstream, self._clock)
            if self._clock.offset == offset:
                return accepted

    async def _publish(self, subject: str, due: datetime, headers: dict[str, str], body: bytes) -> PubAck:
        schedule = {
            "Nats-Schedule": f"@at {self._real(due).isoformat().replace('+00:00', 'Z')}",
            "Nats-Schedule-Target": subject.replace("timers.at.", "timers.due.", 1),
            "Nats-Schedule-TTL": KEPT,
            DUE: due.astimezone(UTC).isoformat(),
        }
        kept = {name: value for name, value in headers.items() if not name.startswith("Nats-")}
        return await self._jetstream.publish(subject, body, headers=kept | schedule)

    async def drop(self, subject: str) -> PubAck:
        """Cancel; does nothing when nothing is scheduled."""
        await self._jetstream.purge_stream(subjects.TIMERS, subject=subject)
        return PubAck(stream=subjects.TIMERS, seq=0)

    async def refire(self, horizon: timedelta) -> int:
        """After the clock moved: publish schedules due before ``now + horizon`` again, in order; return how many.

        Returns once the server has fired those that are due, or after ``PATIENCE`` seconds.
        """
        now = self._clock.now()
        found = await self._all_standing(await self._subjects())
        near = sorted((line for line in found if line[0] <= now + horizon), key=lambda line: line[:2])
        for due, subject, headers, body in near:
            await self._publish(subject, due, headers, body)
        await self._fired({subject for due, subject, *_ in near if due <= now}, now)
        return len(near)

    async def overdue(self) -> int:
        """How many reminders are due and have not fired yet; a server takes a moment, a busy one longer."""
        now = self._clock.now()
        return sum(due <= now for due, *_ in await self._all_standing(await self._subjects()))

    async def _fired(self, due: set[str], now: datetime) -> None:
        give_up = time.monotonic() + PATIENCE
        while due and time.monotonic() < give_up:
            await asyncio.sleep(POLL)
            left = due & await self._subjects()
            # Whoever is reminded may put a later reminder under the same subject.
            due = {subject for at, subject, *_ in await self._all_standing(left) if at <= now}

    async def _subjects(self) -> set[str]:
        info = await self._jetstream.stream_info(subjects.TIMERS, subjects_filter="timers.at.>")
        return set(info.state.subjects or {})

    async def _all_standing(self, wanted: set[str]) -> list[Standing]:
        """What stands under these subjects, many asked at once: there are thousands in a large programme."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(subject: str) -> Standing | None:
            async with gate:
                return await self._standing(subject)

        return [line for line in await asyncio.gather(*map(one, sorted(wanted))) if line]

    async def _standing(self, subject: str) -> Standing | None:
        """Its due time, subject, headers and body; None if it fired or was cancelled in this moment."""
        try:
            message = await self._jetstream.get_last_msg(subjects.TIMERS, subject, direct=True)
        except NotFoundError:
            return None
        headers = message.headers or {}
        return datetime.fromisoformat(headers[DUE]), subject, headers, message.data or b""
