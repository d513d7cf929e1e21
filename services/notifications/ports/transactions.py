"""Work and the events it publishes, in one transaction."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from shared.bus.unit_of_work import UnitOfWork

T = TypeVar("T")


class Transact(Protocol):
    """Runs work in one transaction together with the events that it publishes."""

    async def __call__(self, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Run ``work``; it may run again after a write conflict."""
        ...
