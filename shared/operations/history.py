"""The history of a subject that a durable did not filter for until now.

A durable with a new filter goes on from its position: older messages would never be delivered. They are replayed to
this durable alone; its inbox drops those that it has handled. The consumer's metadata names the subjects until all are
replayed, so that the next apply finishes one that broke off.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig

from shared.bus import subjects
from shared.operations.contents import contents

_UNFINISHED = "kindred-history"


def unfinished(config: ConsumerConfig) -> set[str]:
    """Return the subjects whose history an earlier apply has not handed over to the end."""
    return set(json.loads((config.metadata or {}).get(_UNFINISHED, "[]")))


async def update(jetstream: JetStreamContext, stream: str, wanted: ConsumerConfig, added: Sequence[str]) -> int:
    """Update a durable, and hand it the history of the ``added`` subjects; return the number of messages."""
    if not added:
        await jetstream.add_consumer(stream, wanted)
        return 0
    assert wanted.durable_name
    begun = replace(wanted, metadata={_UNFINISHED: json.dumps(list(added))})
    info = await jetstream.add_consumer(stream, begun)
    delivered = info.delivered.stream_seq if info.delivered else 0
    count = await _hand_over(jetstream, stream, wanted.durable_name, added, delivered)
    await jetstream.add_consumer(stream, replace(wanted, metadata={}))
    return count


async def _hand_over(
    jetstream: JetStreamContext, stream: str, durable: str, added: Sequence[str], delivered: int
) -> int:
    """Hand over the messages under ``added`` up to stream sequence ``delivered``."""
    count = 0
    async for message in contents(jetstream, stream, added, headers_only=False, last=delivered):
        headers = {name: value for name, value in (message.headers or {}).items() if not name.startswith("Nats-")}
        key = subjects.token(headers.get("ce-id") or str(message.metadata.sequence.stream))
        if stream == subjects.PEOPLE:
            key = message.subject.removeprefix("people.")
        headers[subjects.ORIGINAL] = message.subject
        once = {"Nats-Msg-Id": f"history:{durable}:{message.metadata.sequence.stream}"}
        await jetstream.publish(subjects.replay(stream, durable, key), message.data, headers=headers | once)
        count += 1
    return count
