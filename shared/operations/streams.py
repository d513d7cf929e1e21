"""The streams and consumers, owned by ``kindred bus apply``: services only use them.

An existing durable silently ignores a changed configuration, so apply compares and updates, and running it again
changes nothing. Nothing is ever deleted but consumers that no service declares any more, and those only when asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from nats.errors import TimeoutError as NoAnswerError
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    KeyValueConfig,
    ObjectStoreConfig,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import NotFoundError, ServiceUnavailableError

from shared.bus import subjects
from shared.bus.topology import Consumer, Topology
from shared.operations import history

DAY = 86_400.0
DUPLICATE_WINDOW = 600.0
UNANSWERED = (NoAnswerError, ServiceUnavailableError)
"""What a question to the bus ends with while it is too busy to answer, or away."""
MAX_DELIVER = 10_000
"""A safety net: messages become dead letters after far fewer tries. An advisory is published when it is reached."""


@dataclass(frozen=True)
class Change:
    """One thing apply did: ``created``, ``updated`` (which fields) or ``deleted``.

    ``history`` counts the older messages that a durable was handed because its filter has grown.
    """

    what: str
    name: str
    fields: tuple[str, ...] = ()
    history: int = 0


def _stream(name: str, wanted: Iterable[str], **options: Any) -> StreamConfig:
    common: dict[str, Any] = {
        "storage": StorageType.FILE,
        "retention": RetentionPolicy.LIMITS,
        "discard": DiscardPolicy.NEW,
        "duplicate_window": DUPLICATE_WINDOW,
        "allow_direct": True,
    }
    return StreamConfig(name=name, subjects=list(wanted), **{**common, **options})


def stream_configs(replicas: int = 1) -> list[StreamConfig]:
    """Return the streams as they should be; ``replicas`` is 3 on a cluster."""
    old = DiscardPolicy.OLD
    advisory = "$JS.EVENT.ADVISORY.CONSUMER"
    advisories = [f"{advisory}.MAX_DELIVERIES.>", f"{advisory}.MSG_TERMINATED.>"]
    configs = [
        _stream(subjects.EVENTS, ["events.>", "replay.events.>"]),
        _stream(subjects.PEOPLE, [subjects.PEOPLE_PATTERN, "replay.people.>"], discard=old, max_msgs_per_subject=1),
        _stream(
            subjects.TIMERS,
            ["timers.>", "replay.timers.>"],
            discard=old,
            allow_msg_schedules=True,
            allow_msg_ttl=True,
            allow_rollup_hdrs=True,
        ),
        _stream(subjects.DEAD, ["dead.>", "parked.>"]),
        _stream(subjects.ADVISORIES, advisories, discard=old, max_age=30 * DAY),
    ]
    return [replace(config, num_replicas=replicas) for config in configs]


def consumer_config(consumer: Consumer, start: int | None = None) -> ConsumerConfig:
    """Return a consumer as it should be; ``start`` is a new one's first stream sequence (None: from the start)."""
    return ConsumerConfig(
        durable_name=consumer.durable,
        filter_subjects=list(consumer.filters),
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=consumer.ack_wait,
        max_deliver=MAX_DELIVER,
        max_ack_pending=consumer.max_ack_pending,
        deliver_policy=DeliverPolicy.ALL if start is None else DeliverPolicy.BY_START_SEQUENCE,
        opt_start_seq=start,
    )


async def apply(
    jetstream: JetStreamContext,
    topology: Topology,
    *,
    replicas: int = 1,
    prune: bool = False,
    starts: dict[str, int] | None = None,
) -> list[Change]:
    """Make streams, buckets and consumers what they should be; return what changed.

    ``starts`` gives new consumers of a stream their first sequence (after a restore); ``prune`` deletes undeclared
    ones.
    """
    changes = [change for config in stream_configs(replicas) for change in await _apply_stream(jetstream, config)]
    changes += await _apply_buckets(jetstream, replicas)
    for consumer in topology.consumers:
        changes += await _apply_consumer(jetstream, consumer, (starts or {}).get(consumer.stream))
    return changes + (await _prune(jetstream, topology) if prune else [])


async def _apply_stream(jetstream: JetStreamContext, wanted: StreamConfig) -> list[Change]:
    assert wanted.name
    try:
        found = (await jetstream.stream_info(wanted.name)).config
    except NotFoundError:
        await jetstream.add_stream(wanted)
        return [Change("created", wanted.name)]
    fields = _differing(wanted, found)
    if fields:
        await jetstream.update_stream(wanted)
        return [Change("updated", wanted.name, fields)]
    return []


async def _apply_consumer(jetstream: JetStreamContext, consumer: Consumer, start: int | None) -> list[Change]:
    try:
        found = (await jetstream.consumer_info(consumer.stream, consumer.durable)).config
    except NotFoundError:
        await jetstream.add_consumer(consumer.stream, consumer_config(consumer, start))
        return [Change("created", consumer.durable)]
    wanted = replace(consumer_config(consumer), deliver_policy=found.deliver_policy, opt_start_seq=found.opt_start_seq)
    seen = found
    if found.filter_subject and not found.filter_subjects:
        seen = replace(found, filter_subjects=[found.filter_subject])
    fields = _differing(wanted, seen)
    added = sorted({*consumer.filters} - {*(seen.filter_subjects or ())} | history.unfinished(found))
    if fields or added:
        given = await history.update(jetstream, consumer.stream, wanted, added)
        return [Change("updated", consumer.durable, fields, given)]
    return []


async def _apply_buckets(jetstream: JetStreamContext, replicas: int) -> list[Change]:
    changes = []
    names = {info.config.name for info in await jetstream.streams_info()}
    if f"KV_{subjects.CLOCK_BUCKET}" not in names:
        await jetstream.create_key_value(KeyValueConfig(bucket=subjects.CLOCK_BUCKET, replicas=replicas))
        changes.append(Change("created", subjects.CLOCK_BUCKET))
    if f"OBJ_{subjects.UPLOADS_BUCKET}" not in names:
        uploads = ObjectStoreConfig(bucket=subjects.UPLOADS_BUCKET, ttl=DAY, replicas=replicas)
        await jetstream.create_object_store(subjects.UPLOADS_BUCKET, uploads)
        changes.append(Change("created", subjects.UPLOADS_BUCKET))
    return changes


async def _prune(jetstream: JetStreamContext, topology: Topology) -> list[Change]:
    declared = {(consumer.stream, consumer.durable) for consumer in topology.consumers}
    changes = []
    for stream in (subjects.EVENTS, subjects.PEOPLE, subjects.TIMERS):
        for info in await jetstream.consumers_info(stream):
            if (stream, info.name) not in declared:
                await jetstream.delete_consumer(stream, info.name)
                changes.append(Change("deleted", info.name))
    return changes


def _differing(wanted: StreamConfig | ConsumerConfig, found: StreamConfig | ConsumerConfig) -> tuple[str, ...]:
    """Return the fields that we set and the server has otherwise."""
    ours = {name: value for name, value in vars(wanted).items() if value is not None}
    return tuple(sorted(name for name, value in ours.items() if _plain(getattr(found, name)) != _plain(value)))


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


@dataclass(frozen=True)
class ConsumerStatus:
    """Where a durable stands: messages still to come, delivered but not acknowledged, and delivered more than once."""

    stream: str
    durable: str
    waiting: int
    in_hand: int
    redelivered: int


@dataclass(frozen=True)
class StreamSize:
    """How many messages a stream holds, how many bytes of disk they take, and the number of the last one."""

    stream: str
    messages: int
    bytes: int
    last: int = 0


async def storage(jetstream: JetStreamContext) -> tuple[int, int]:
    """Return the bytes of disk that all streams take, and their limit (-1: none)."""
    account = await jetstream.account_info()
    return account.storage, account.limits.max_storage


async def status(jetstream: JetStreamContext) -> tuple[list[StreamSize], list[ConsumerStatus]]:
    """Return the size of each stream and the standing of each durable."""
    sizes = []
    standing = []
    for config in stream_configs():
        assert config.name
        info = await jetstream.stream_info(config.name)
        sizes.append(StreamSize(config.name, info.state.messages, info.state.bytes, info.state.last_seq))
        for found in await jetstream.consumers_info(config.name):
            numbers = (found.num_pending or 0, found.num_ack_pending or 0, found.num_redelivered or 0)
            standing.append(ConsumerStatus(config.name, found.name, *numbers))
    return sizes, sorted(standing, key=lambda line: (line.stream, line.durable))
