"""Transactions in memory: work runs at once, and what it publishes is kept."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from shared.bus.unit_of_work import UnitOfWork
from shared.events.base import Event
from tests.fakes import FakeClock, FakeWork

T = TypeVar("T")


class MemoryTransactions:
    """Behind ``ports.Transact``."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.published: list[Event] = []
        self.follows: list[tuple[str, str]] = []

    async def __call__(self, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        unit = FakeWork(now=self._clock.now())
        found = await work(unit)
        self.published += unit.published
        self.follows += [(type(unit.outgoing[at]).__name__, follows) for at, follows in unit.follows.items()]
        return found
