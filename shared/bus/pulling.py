"""A pull that pauses while the database is away, survives a deleted consumer and records its last fetch.

FastStream's own does none of these.
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
"""Seconds that a fetch waits for a message. The first is short: a service is ready once all durables have fetched."""


class WatchedPull:
    """Replaces the PullSubscription of nats-py in a subscriber.

    FastStream collects a batch until it is full or time is up. This returns what one fetch brings. After an error
    other than a timeout it waits a second, which avoids a tight loop.
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
        """Fetch again: after a reconnection the server has forgotten the pending request."""
        if self._fetching is not None:
            self._interrupted = True
            self._fetching.cancel()

    async def fetch(
        self,
        batch: int = 1,
        timeout: float | None = 5,  # noqa: ARG002, ASYNC109 - the signature is given
        heartbeat: float | None = None,
    ) -> list[Msg]:
        """Fetch up to ``batch`` messages within ``FIRST`` or ``LATER`` seconds; raises TimeoutError without any."""
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
