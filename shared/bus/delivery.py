"""The unit of work as FastStream middleware: one message, one transaction of inbox, handler and outbox, one verdict."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from faststream import BaseMiddleware
from faststream.message import StreamMessage
from nats.aio.msg import Msg

from shared import telemetry
from shared.bus import failpoints, inbox, subjects
from shared.bus.clock import read_offset
from shared.bus.collections import OUTBOX
from shared.bus.envelope import Envelope, UnknownVersion, newer_only, other_version, read
from shared.bus.inflight import InFlight
from shared.bus.outbox import Cause, reminder_key
from shared.bus.reminder import Reminder
from shared.bus.settling import Settling, ids_of
from shared.bus.subscriptions import Subscription
from shared.bus.transactions import Transactions
from shared.bus.unit_of_work import UnitOfWork
from shared.clock import AdjustableClock
from shared.errors import NotYet

Next = Callable[[Any], Awaitable[Any]]
_EARLY = timedelta(seconds=1)


@dataclass(frozen=True)
class Parts:
    """What deliveries of one service share."""

    service: str
    transactions: Transactions
    settling: Settling
    in_flight: InFlight


@dataclass(frozen=True)
class Received:
    """A decoded message; ``handler`` is None where this durable ignores its type."""

    message: Msg
    envelope: Envelope
    fact: Any
    handler: Callable[..., Awaitable[Any]] | None


_call: ContextVar[Callable[[], Awaitable[Any]]] = ContextVar("call")


async def invoke(_: Any) -> Any:
    """Run the current handler. FastStream is given this function only."""
    return await _call.get()()


@contextmanager
def turn(handler: Callable[[], Awaitable[Any]]) -> Iterator[None]:
    """Make ``handler`` the one that ``invoke`` runs."""
    token = _call.set(handler)
    try:
        yield
    finally:
        _call.reset(token)


def understand(subscription: Subscription, message: Msg) -> Received:
    """Read a message; raises Unreadable or UnknownVersion. An older version than those subscribed to is passed over."""
    envelope = Envelope.of(message.headers)
    if envelope.type in subscription.handlers:
        kind, handler = subscription.handlers[envelope.type]
        return Received(message, envelope, read(kind, message.data), handler)
    if newer_only(envelope.type, subscription.handlers):
        return Received(message, envelope, None, None)
    if subscription.consumer.stream == subjects.PEOPLE and not other_version(envelope.type, subscription.handlers):
        return Received(message, envelope, None, None)
    raise UnknownVersion(f"{envelope.type} is not known here; known: {', '.join(sorted(subscription.handlers))}.")


def cause_of(parts: Parts, subscription: Subscription, envelope: Envelope) -> Cause:
    """Return the cause of whatever is published while ``envelope`` is handled."""
    scope = inbox.key(subscription.consumer.durable, envelope.id)
    return Cause(parts.service, scope, envelope.correlation_id, envelope.id, envelope.restored)


async def catch_up(parts: Parts, messages: Iterable[Received]) -> None:
    """Move an adjustable clock to the latest of the messages' times, before a unit of work reads its `now`."""
    clock = parts.transactions.clock
    if isinstance(clock, AdjustableClock):
        times = [one.fact.due if isinstance(one.fact, Reminder) else one.envelope.time for one in messages]
        if any(since > clock.now() for since in times):
            await read_offset(parts.settling.jetstream, clock)


class Delivery(BaseMiddleware):
    """Middleware of one durable that handles message by message."""

    def __init__(self, subscription: Subscription, parts: Parts, message: Any, *, context: Any) -> None:
        super().__init__(message, context=context)
        self._subscription = subscription
        self._parts = parts

    async def consume_scope(self, call_next: Next, msg: StreamMessage[Any]) -> None:
        """Handle the message and settle it."""
        message: Msg = msg.raw_message
        durable = self._subscription.consumer.durable
        parent = (message.headers or {}).get("traceparent")
        with (
            self._parts.in_flight.holding([message]),
            telemetry.HANDLE_SECONDS.labels(durable).time(),
            telemetry.traced(f"handle {durable}", parent, **ids_of(message)),
        ):
            try:
                await failpoints.passing(self._parts.service, "received")
                outcome = await self._handle(understand(self._subscription, message), call_next, msg)
            except inbox.AlreadyDoneError:
                outcome = "duplicate"
            except Exception as error:  # noqa: BLE001 - the verdict decides
                await self._parts.settling.failed(durable, message, error)
                return
            await self._parts.settling.done(durable, message, outcome)

    async def _handle(self, received: Received, call_next: Next, msg: StreamMessage[Any]) -> str:
        if received.handler is None:
            return "ignored"
        await catch_up(self._parts, [received])
        if self._subscription.kind == "worker":
            effect = await self._worked(received, call_next, msg)
            await self._save(received, effect)
            return "done"
        handler = received.handler

        async def hand_over(unit: UnitOfWork) -> bool:
            if isinstance(received.fact, Reminder) and not await self._still_wanted(received):
                return False
            with turn(lambda: handler(received.fact, unit)):
                await call_next(msg)
            return True

        return "done" if await self._save(received, hand_over) else "superseded"

    async def _worked(self, received: Received, call_next: Next, msg: StreamMessage[Any]) -> Any:
        """Run the worker's slow part, unless the message was handled before."""
        handler = received.handler
        assert handler is not None
        durable, transactions = self._subscription.consumer.durable, self._parts.transactions
        if await inbox.known(transactions.database, durable, [received.envelope.id]):
            raise inbox.AlreadyDoneError
        await failpoints.passing(self._parts.service, "worker-started")
        with turn(lambda: handler(received.fact)):
            effect = await call_next(msg)
        await failpoints.passing(self._parts.service, "worker-finished")
        return effect

    async def _save(self, received: Received, work: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        transactions, envelope = self._parts.transactions, received.envelope
        cause = cause_of(self._parts, self._subscription, envelope)

        async def body() -> Any:
            await inbox.enter(transactions.database, self._subscription.consumer.durable, [envelope.id])
            return await transactions.unit(cause, envelope.actor, work)

        return await transactions.run(body)

    async def _still_wanted(self, received: Received) -> bool:
        """Return whether a due reminder is still wanted (not cancelled, not rescheduled), and delete its row."""
        transactions, reminder = self._parts.transactions, received.fact
        early = reminder.due - transactions.clock.now()
        if early > _EARLY:
            raise NotYet("The reminder came before its time.", after=min(early.total_seconds(), 5.0))
        same = {"_id": reminder_key(reminder.kind, reminder.key), "ce_id": received.envelope.id}
        return await transactions.database[OUTBOX].delete_one(same) == 1
