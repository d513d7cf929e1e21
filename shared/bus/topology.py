"""What a service needs from the streams, as data: `kindred bus apply` creates it, tests compare it."""

from collections.abc import Iterable
from dataclasses import dataclass

ACK_WAIT = 10.0
"""Seconds until an unacknowledged message comes again: how long a killed replica's messages wait for another."""


@dataclass(frozen=True)
class Consumer:
    """A durable pull consumer: one handler's place in a stream."""

    durable: str
    stream: str
    filters: tuple[str, ...]
    ack_wait: float = ACK_WAIT
    max_ack_pending: int = 512


@dataclass(frozen=True)
class Topology:
    """All consumers of one or more services; every durable is unique."""

    consumers: tuple[Consumer, ...] = ()

    def __post_init__(self) -> None:
        names = [consumer.durable for consumer in self.consumers]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"each durable may have one handler only; used twice: {', '.join(twice)}")

    @classmethod
    def of(cls, parts: Iterable["Topology"]) -> "Topology":
        """Join the topologies of several services."""
        return cls(tuple(consumer for part in parts for consumer in part.consumers))
