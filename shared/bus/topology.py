"""The consumers that services need, as data. `kindred bus apply` creates them; tests compare them."""

from collections.abc import Iterable
from dataclasses import dataclass

ACK_WAIT = 10.0
"""Seconds until an unacknowledged message is redelivered, such as those of a killed replica."""


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
