"""Messages in flight. Every third of the ack wait they are reported as in progress, so that the server waits on."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from shared import telemetry
from shared.bus.topology import ACK_WAIT


class InFlight:
    """All messages this process has received and not yet settled."""

    def __init__(self, service: str) -> None:
        self._held: dict[int, Msg] = {}
        self._gauge = telemetry.IN_HAND.labels(service)

    @contextmanager
    def holding(self, messages: Sequence[Msg]) -> Iterator[None]:
        """Prevent redelivery of messages while they are handled."""
        for message in messages:
            self._held[id(message)] = message
        self._gauge.set(len(self._held))
        try:
            yield
        finally:
            for message in messages:
                self._held.pop(id(message), None)
            self._gauge.set(len(self._held))

    async def run(self) -> None:
        """Extend their ack wait, for ever."""
        while True:
            await asyncio.sleep(ACK_WAIT / 3)
            for message in list(self._held.values()):
                if not message.is_acked:
                    with suppress(NatsError, OSError):
                        await message.in_progress()
