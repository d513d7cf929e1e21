"""Projections: one transaction per batch of messages, in stream order.

A failed message is handled alone. A batch that is too much for one transaction, as on a busy machine, is halved.
"""

from collections.abc import Sequence
from typing import Any

from faststream import BaseMiddleware
from faststream.message import StreamMessage
from nats.aio.msg import Msg

from shared import mongo, telemetry
from shared.bus import failpoints, inbox
from shared.bus.delivery import Next, Parts, Received, catch_up, cause_of, turn, understand
from shared.bus.subscriptions import Subscription
from shared.bus.unit_of_work import UnitOfWork

_log = telemetry.logger("kindred.bus")


class BatchDelivery(BaseMiddleware):
    """Middleware of one durable that handles batches."""

    def __init__(self, subscription: Subscription, parts: Parts, messages: Any, *, context: Any) -> None:
        super().__init__(messages, context=context)
        self._subscription = subscription
        self._parts = parts
        self._durable = subscription.consumer.durable

    async def consume_scope(self, call_next: Next, msg: StreamMessage[Any]) -> None:
        """Handle the batch and settle each of its messages."""
        messages: Sequence[Msg] = msg.raw_message
        with (
            self._parts.in_flight.holding(messages),
            telemetry.HANDLE_SECONDS.labels(self._durable).time(),
            telemetry.traced(f"project {self._durable}"),
        ):
            await failpoints.passing(self._parts.service, "received")
            fresh = await self._fresh(messages)
            if not fresh:
                return
            await self._together(fresh, call_next, msg)

    async def _fresh(self, messages: Sequence[Msg]) -> list[Received]:
        """Return the messages to handle; settle those that are unreadable, ignored or already handled."""
        understood: list[Received] = []
        for message in messages:
            try:
                understood.append(understand(self._subscription, message))
            except Exception as error:  # noqa: BLE001 - the verdict decides
                await self._parts.settling.failed(self._durable, message, error)
        try:
            known = await self._known(understood)
            await catch_up(self._parts, understood)
        except Exception as error:  # noqa: BLE001 - the verdict decides
            for received in understood:
                await self._parts.settling.failed(self._durable, received.message, error)
            return []
        fresh: dict[str, Received] = {}
        for received in understood:
            if received.handler is None or received.envelope.id in known or received.envelope.id in fresh:
                await self._parts.settling.done(self._durable, received.message, "duplicate")
            else:
                fresh[received.envelope.id] = received
        return list(fresh.values())

    async def _known(self, understood: Sequence[Received]) -> set[str]:
        ids = [received.envelope.id for received in understood]
        return await inbox.known(self._parts.transactions.database, self._durable, ids) if ids else set()

    async def _together(self, facts: Sequence[Received], call_next: Next, msg: StreamMessage[Any]) -> None:
        """Handle all in one transaction; in two where that lasts longer than the server allows, and so on."""
        try:
            await self._project(facts, call_next, msg)
        except Exception as error:  # noqa: BLE001 - the verdict decides
            if len(facts) > 1 and mongo.aborted(error):
                middle = len(facts) // 2
                _log.info("batch_halved", durable=self._durable, messages=len(facts))
                await self._together(facts[:middle], call_next, msg)
                await self._together(facts[middle:], call_next, msg)
            else:
                await self._one_by_one(facts, error, call_next, msg)
        else:
            await self._done(facts)

    async def _project(self, facts: Sequence[Received], call_next: Next, msg: StreamMessage[Any]) -> None:
        transactions = self._parts.transactions

        async def body() -> None:
            ids = [received.envelope.id for received in facts]
            await inbox.enter(transactions.database, self._durable, ids)
            with turn(lambda: self._each(facts)):
                await call_next(msg)

        await transactions.run(body)

    async def _each(self, facts: Sequence[Received]) -> None:
        for received in facts:
            cause = cause_of(self._parts, self._subscription, received.envelope)

            async def work(unit: UnitOfWork, received: Received = received) -> None:
                assert received.handler is not None
                await received.handler(received.fact, unit)

            with telemetry.about(event_id=received.envelope.id, correlation_id=received.envelope.correlation_id):
                await self._parts.transactions.unit(cause, received.envelope.actor, work)

    async def _one_by_one(
        self, facts: Sequence[Received], error: Exception, call_next: Next, msg: StreamMessage[Any]
    ) -> None:
        """Handle the messages of a failed batch one by one, unless there is only one or the database is away."""
        if len(facts) == 1 or mongo.unavailable(error):
            for received in facts:
                await self._failed(received, error)
            return
        for received in facts:
            try:
                await self._project([received], call_next, msg)
            except Exception as own:  # noqa: BLE001 - the verdict decides
                await self._failed(received, own)
            else:
                await self._done([received])

    async def _failed(self, received: Received, error: Exception) -> None:
        if isinstance(error, inbox.AlreadyDoneError):
            await self._parts.settling.done(self._durable, received.message, "duplicate")
        else:
            await self._parts.settling.failed(self._durable, received.message, error)

    async def _done(self, facts: Sequence[Received]) -> None:
        for received in facts:
            await self._parts.settling.done(self._durable, received.message)
