"""What a stream holds, read by a consumer of our own that takes headers only and leaves nothing behind."""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

from nats.aio.msg import Msg
from nats.errors import TimeoutError as NatsTimeout
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

BATCH = 500
WAIT = 5.0
_UNUSED = 30.0


async def contents(
    jetstream: JetStreamContext, stream: str, filters: Sequence[str], *, headers_only: bool = True, last: int = -1
) -> AsyncIterator[Msg]:
    """Yield the messages of ``stream`` under ``filters``, in order, up to sequence ``last`` (-1: up to now)."""
    end = (await jetstream.stream_info(stream)).state.last_seq if last < 0 else last
    config = ConsumerConfig(
        filter_subjects=list(filters),
        deliver_policy=DeliverPolicy.ALL,
        ack_policy=AckPolicy.NONE,
        headers_only=headers_only,
        inactive_threshold=_UNUSED,
        mem_storage=True,
    )
    made = await jetstream.add_consumer(stream, config)
    left = made.num_pending or 0
    pull = await jetstream.pull_subscribe_bind(consumer=made.name, stream=stream)
    try:
        while left > 0:
            try:
                messages = await pull.fetch(min(BATCH, left), timeout=WAIT)
            except NatsTimeout:
                return
            for message in messages:
                if message.metadata.sequence.stream > end:
                    return
                yield message
            left -= len(messages)
    finally:
        await pull.unsubscribe()
        with suppress(NotFoundError):
            await jetstream.delete_consumer(stream, made.name)
