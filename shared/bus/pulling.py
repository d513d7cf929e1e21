"""What FastStream's pull loop lacks.

It pauses while the database is away, survives a deleted consumer, and says when it last fetched.
"""

import asyncio
import time
from typing import Any

from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import TimeoutError as NatsTimeout
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError
from nats.js.errors import FetchTimeoutError

from shared.bus.faults import Faults

FIRST, LATER = 0.2, 5.0
"""Seconds that a fetch waits for a message; the first ends soon, since a service is ready once all have fetched."""


class WatchedPull:
    """Stands in a subscriber's place of nats-py's PullSubscription.

    FastStream fetches a batch until it is full or its time is over; what is there after one fetch goes on at once
    instead. A fetch that fails for another reason than silence would be repeated in a tight loop; it waits a
    second.
    """

    def __init__(
        self, inner: JetStreamContext.PullSubscription, batch: int, open_gate: asyncio.Event, faults: Faults
    ) -> None:
        self._inner = inner
        self._batch = batch
        self._open_gate = open_gate
        self._faults = faults
        self._fetching: asyncio.Future[list[Msg]] | None = None
        self._interrupted = False
        self.fetched = 0.0

    def interrupt(self) -> None:
        """Ask anew: after a reconnection the server knows nothing of the request we wait for."""
        if self._fetching is not None:
            self._interrupted = True
            self._fetching.cancel()

    async def fetch(
        self,
        batch: int = 1,
        timeout: float | None = 5,  # noqa: ARG002, ASYNC109 - the signature is given
        heartbeat: float | None = None,
    ) -> list[Msg]:
        """Fetch up to ``batch`` messages, in our own time; raises TimeoutError when there are none."""
        if batch < self._batch:
            raise NatsTimeout
        if not self._open_gate.is_set():
            await asyncio.sleep(0.2)
            raise NatsTimeout
        try:
            patience = LATER if self.fetched else FIRST
            self._fetching = asyncio.ensure_future(self._inner.fetch(batch, patience, heartbeat))
            messages = await self._fetching
        except asyncio.CancelledError:
            if not self._interrupted:
                raise
            raise NatsTimeout from None
        except (TimeoutError, NatsTimeout, FetchTimeoutError):
            self.fetched = time.monotonic()
            raise NatsTimeout from None
        except (NatsError, JetStreamError) as error:
            self._faults.note("fetch_failed", error)
            await asyncio.sleep(1.0)
            raise NatsTimeout from None
        finally:
            self._fetching, self._interrupted = None, False
        self.fetched = time.monotonic()
        return messages

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)
