"""The relay: takes outbox rows to the bus and marks them.

It wakes after each commit, and every two seconds for rows that another replica or an earlier process left. A row is
published under its own message id before it is marked. After a crash in between it is sent twice; the duplicate window
or the subscriber's inbox drops the second.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.api import PubAck
from nats.js.errors import Error as JetStreamError

from shared import telemetry
from shared.bus import failpoints, outbox
from shared.bus.contacts import forget
from shared.bus.faults import Faults, in_words
from shared.bus.timers import Timers
from shared.mongo import Database, Document

BATCH = 200
FALLBACK = 2.0
PATIENCE = 5.0


class Relay:
    """One service's relay."""

    def __init__(self, service: str, database: Database, connection: Client, timers: Timers, faults: Faults) -> None:
        self._service = service
        self._database = database
        self._connection = connection
        self._jetstream = connection.jetstream()
        self._timers = timers
        self._faults = faults
        self._awake = asyncio.Event()
        self.fault = ""
        """Why the server did not take the last batch, in words; empty when it did."""

    def wake(self) -> None:
        """Look for rows now."""
        self._awake.set()

    async def run(self) -> None:
        """Relay for ever; an error is logged and the batch tried again."""
        while True:
            try:
                while await self.drain() == BATCH:
                    pass
            except Exception as error:  # noqa: BLE001 - tried again
                self._failed(error)
                await asyncio.sleep(0.5)
            else:
                self.fault = ""
            with suppress(TimeoutError):
                async with asyncio.timeout(FALLBACK):
                    await self._awake.wait()
            self._awake.clear()

    def _failed(self, error: Exception) -> None:
        self._faults.note("relay_failed", error)
        self.fault = self._faults.refused() or in_words(error)

    async def drain(self) -> int:
        """Relay up to a batch of rows; return how many went. Raises when any did not."""
        rows = await outbox.waiting(self._database, BATCH)
        if not rows:
            return 0
        await failpoints.passing(self._service, "relay-read")
        sent, fault = await self._send(rows)
        await failpoints.passing(self._service, "relay-published")
        await outbox.mark(self._database, sent, datetime.now(UTC))
        await failpoints.passing(self._service, "relay-marked")
        telemetry.RELAYED.labels(self._service).inc(len(sent))
        if fault is not None:
            raise fault
        return len(sent)

    async def _send(self, rows: list[Document]) -> tuple[list[Document], BaseException | None]:
        """Publish rows in order; return those that the server acknowledged, and the first error."""
        going: list[tuple[Document, asyncio.Future[PubAck]]] = []
        fault: BaseException | None = None
        try:
            for row in rows:
                going.append((row, await self._put(row)))  # noqa: PERF401 - what went before a fault must be known
        except (NatsError, JetStreamError, OSError, TimeoutError) as error:
            fault = error
        done, late = await asyncio.wait([ack for _, ack in going], timeout=PATIENCE) if going else (set(), set())
        for ack in late:  # after a server died its answers never come
            ack.cancel()
            fault = fault or TimeoutError("the server did not acknowledge in time")
        sent = [row for row, ack in going if ack in done and not ack.cancelled() and ack.exception() is None]
        failed = [ack.exception() for ack in done if not ack.cancelled() and ack.exception()]
        return sent, fault or (failed[0] if failed else None)

    async def _put(self, row: Document) -> "asyncio.Future[PubAck]":
        if row["kind"] in {"event", "contact"}:
            headers = {**row["headers"], "Nats-Msg-Id": row["ce_id"]}
            return await self._jetstream.publish_async(
                row["subject"], row["body"], wait_stall=PATIENCE, headers=headers
            )
        if row["kind"] == "remind":
            ack = await self._timers.put(row["subject"], row["due"], row["headers"], row["body"])
        elif row["kind"] == "cancel":
            ack = await self._timers.drop(row["subject"])
        else:
            ack = await forget(self._jetstream, row["subject"], row["headers"], row["body"])
        settled: asyncio.Future[PubAck] = asyncio.get_running_loop().create_future()
        settled.set_result(ack)
        return settled
