"""FastStream's NatsBroker, set up the way the bus needs it (docs/decisions)."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from faststream import AckPolicy
from faststream.message import StreamMessage
from faststream.nats import JStream, NatsBroker, NatsRouter, PullSub
from faststream.security import SASLPlaintext
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import Error as JetStreamError

from shared import telemetry
from shared.bus.batches import BatchDelivery
from shared.bus.delivery import Delivery, Parts, invoke
from shared.bus.faults import Faults
from shared.bus.pulling import FIRST, WatchedPull
from shared.bus.requests import Requests
from shared.bus.subscriptions import BATCH, Subscription
from shared.settings import Settings

SINGLE = 8
COMMANDS_AT_ONCE = 32
_log = telemetry.logger("kindred.broker")


async def _undecoded(message: StreamMessage[Any]) -> StreamMessage[Any]:
    """Pass the message on undecoded. An unreadable one must reach our middleware, not FastStream's error path."""
    return message


def make(settings: Settings, service: str, reconnected: Callable[[], Awaitable[None]], faults: Faults) -> NatsBroker:
    """Return a broker that reconnects for ever and injects nothing."""

    async def note(error: Exception) -> None:
        faults.note("nats_error", error)

    security = None
    if settings.nats_user:
        security = SASLPlaintext(settings.nats_user, settings.nats_password or "", use_ssl=False)
    return NatsBroker(
        settings.nats_url.split(","),
        name=f"kindred-{service}",
        max_reconnect_attempts=-1,
        reconnect_time_wait=1,
        connect_timeout=5,
        ping_interval=10,
        max_outstanding_pings=2,
        pending_size=16 * 1024 * 1024,
        error_cb=note,
        reconnected_cb=reconnected,
        apply_types=False,
        decoder=_undecoded,
        graceful_timeout=10.0,
        security=security,
        logger=None,
    )


def subscribe(
    broker: NatsBroker, subscriptions: Sequence[Subscription], parts: Parts, requests: Requests
) -> dict[str, Any]:
    """Register everything with the broker; return the subscriber of each durable."""
    subscribers = {}
    for subscription in subscriptions:
        batch = subscription.kind == "batch"
        delivery = BatchDelivery if batch else Delivery
        router = NatsRouter(middlewares=(partial(delivery, subscription, parts),))
        subscriber = router.subscriber(
            subscription.consumer.filters[0],
            durable=subscription.consumer.durable,
            stream=JStream(subscription.consumer.stream, declare=False),
            pull_sub=PullSub(batch_size=BATCH if batch else SINGLE, timeout=FIRST, batch=batch),
            ack_policy=AckPolicy.MANUAL,
        )
        subscriber(invoke)
        broker.include_router(router)
        subscribers[subscription.consumer.durable] = subscriber
    declared = requests.declared
    for family, kinds in (("commands", {**declared.commands, **declared.slow_commands}), ("queries", declared.queries)):
        if kinds:
            subject = f"{family}.{requests.service}.>"
            broker.subscriber(subject, queue=requests.service, max_workers=COMMANDS_AT_ONCE)(requests.answer)
    return subscribers


def watch(subscribers: dict[str, Any], open_gate: asyncio.Event, faults: Faults) -> dict[str, WatchedPull]:
    """Replace each subscriber's pull by a watched one; return them by durable."""
    pulls = {}
    for durable, subscriber in subscribers.items():
        pull = WatchedPull(subscriber.subscription, subscriber.pull_sub.batch_size, open_gate, faults)
        subscriber.subscription = pull
        pulls[durable] = pull
    return pulls


async def until_there(connection: Client, subscriptions: Sequence[Subscription]) -> None:
    """Wait until `kindred bus apply` has created every consumer: a service never creates one."""
    missing = {(subscription.consumer.stream, subscription.consumer.durable) for subscription in subscriptions}
    jetstream = connection.jetstream(timeout=2)
    told = False
    while missing:
        for stream, durable in sorted(missing):
            try:
                await jetstream.consumer_info(stream, durable)
                missing.discard((stream, durable))
            except (NatsError, JetStreamError):
                continue
        if missing:
            if not told:
                _log.warning("consumers_missing", durables=sorted(durable for _, durable in missing))
                told = True
            await asyncio.sleep(0.5)
