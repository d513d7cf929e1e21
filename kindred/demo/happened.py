"""What services have told of tasks, read from the log of events; and in which streams a word stands."""

from collections.abc import Sequence

from nats.errors import TimeoutError as NatsTimeout
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig, DeliverPolicy

from shared.events.catalogue import EVENTS
from shared.events.tasks import TaskFacts

SUBJECT, STREAM = "events.tasks.>", "EVENTS"
PATIENCE = 10.0
"""Seconds that the next event of those that are there may take to come."""


async def holding(jetstream: JetStreamContext, words: Sequence[str]) -> list[str]:
    """The streams with a message that holds one of these words, each with the word."""
    found = set[str]()
    for stream in await jetstream.streams_info():
        name, left = stream.config.name or "", stream.state.messages
        if not left:
            continue
        config = ConsumerConfig(deliver_policy=DeliverPolicy.ALL)
        subscription = await jetstream.subscribe(">", stream=name, ordered_consumer=True, config=config)
        try:
            while left:
                message = await subscription.next_msg(timeout=PATIENCE)
                told = f"{message.subject} {message.headers or ''}".encode() + message.data
                found |= {f"{name}: {word}" for word in words if word.encode() in told}
                left -= 1
        except (TimeoutError, NatsTimeout):
            continue
        finally:
            await subscription.unsubscribe()
    return sorted(found)


async def of_tasks(jetstream: JetStreamContext) -> list[TaskFacts]:
    """Every event of tasks, oldest first; empty where there is none."""
    info = await jetstream.stream_info(STREAM, subjects_filter=SUBJECT)
    left = sum((info.state.subjects or {}).values())
    found: list[TaskFacts] = []
    if not left:
        return found
    config = ConsumerConfig(deliver_policy=DeliverPolicy.ALL)
    subscription = await jetstream.subscribe(SUBJECT, stream=STREAM, ordered_consumer=True, config=config)
    try:
        while left:
            message = await subscription.next_msg(timeout=PATIENCE)
            kind = EVENTS.get((message.headers or {}).get("ce-type", ""))
            if kind is not None and issubclass(kind, TaskFacts):
                found.append(kind.model_validate_json(message.data))
            left -= 1
    except (TimeoutError, NatsTimeout):
        return found
    finally:
        await subscription.unsubscribe()
    return found
