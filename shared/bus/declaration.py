"""Everything a service has declared before it runs: plain data, filled by ``Service`` and read by ``Runtime``."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from shared.bus.subscriptions import Subscription
from shared.bus.topology import Topology
from shared.bus.unit_of_work import UnitOfWork
from shared.commands.base import Command, Query, Reply

Task = Callable[[], Awaitable[None]]
Effect = Callable[[UnitOfWork], Awaitable[Reply]]
"""What a slow command runs in its transaction."""


@dataclass
class Declaration:
    """One service's subscriptions, commands, queries and tasks."""

    name: str
    subscriptions: list[Subscription] = field(default_factory=list)
    commands: dict[type[Command], Callable[..., Awaitable[Reply]]] = field(default_factory=dict)
    slow_commands: dict[type[Command], Callable[..., Awaitable[Effect]]] = field(default_factory=dict)
    queries: dict[type[Query], Callable[..., Awaitable[Reply]]] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    batch_tasks: list[str] = field(default_factory=list)
    preparations: list[Task] = field(default_factory=list)
    restored: list[Callable[[datetime], Awaitable[None]]] = field(default_factory=list)
    checks: list[Callable[[], list[str]]] = field(default_factory=list)
    notes: list[Callable[[], list[str]]] = field(default_factory=list)

    def topology(self) -> Topology:
        """Return the consumers that ``kindred bus apply`` must create for this service."""
        return Topology(tuple(subscription.consumer for subscription in self.subscriptions))
