"""One transaction: what a handler saves, what it publishes, and the inbox row that marks it as handled."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from shared.bus import failpoints, outbox
from shared.bus.outbox import Cause
from shared.bus.relay import Relay
from shared.bus.unit_of_work import UnitOfWork
from shared.clock import Clock
from shared.mongo import Database, Mongo

T = TypeVar("T")


@dataclass(frozen=True)
class Transactions:
    """Opens units of work for one service."""

    service: str
    mongo: Mongo
    database: Database
    clock: Clock
    relay: Relay

    async def run(self, body: Callable[[], Awaitable[T]]) -> T:
        """Run ``body`` in one transaction (again on a write conflict), then wake the relay."""

        async def attempt() -> T:
            await failpoints.passing(self.service, "in-transaction")
            result = await body()
            await failpoints.passing(self.service, "told")
            return result

        result = await self.mongo.in_transaction(attempt)
        self.relay.wake()
        await failpoints.passing(self.service, "committed")
        return result

    async def unit(self, cause: Cause, actor: str, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Inside an open transaction: run ``work`` with a fresh unit of work and write its outbox rows."""
        unit = UnitOfWork(
            now=self.clock.now(),
            actor=actor,
            event_id=cause.causation_id,
            correlation_id=cause.correlation_id,
            restored=cause.restored,
        )
        result = await work(unit)
        await failpoints.passing(self.service, "handled")
        await outbox.save(self.database, unit, cause)
        return result
