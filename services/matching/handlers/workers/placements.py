"""Drafts rounds, and publishes the placements of large ones in batches.

A batch is published in the transaction that marks it, so a crash neither loses nor doubles a placement.
"""

import asyncio
from collections.abc import Awaitable, Callable

from services.matching.assigning.drafting import draft
from services.matching.domain.rounds.decisions import drafted
from services.matching.domain.rounds.events import match_event
from services.matching.handlers.rounds import RoundLoader
from services.matching.ports.rounds import RoundStores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.rounds import DraftRound
from shared.errors import Retryable
from shared.events.rounds import RoundClosed

__all__ = ["AT_ONCE", "PlacementPublisher", "RoundWorker"]

AT_ONCE = 200
"""Placements published in one transaction; the rest of a large round follows in batches of as many."""


class PlacementPublisher:
    """Publishes placements that nobody has been told of."""

    def __init__(self, stores: RoundStores) -> None:
        self._stores = stores

    async def publish_next(self, work: UnitOfWork) -> int:
        """Publish the next placements; how many."""
        matches = await self._stores.matches.untold(AT_ONCE)
        for match in matches:
            work.publish(match_event(match))
        return len(matches)


class RoundWorker:
    """Works drafts out in a thread, without a transaction, and saves them in one."""

    def __init__(self, loader: RoundLoader) -> None:
        self._loader = loader

    async def draft(self, command: DraftRound) -> Callable[[UnitOfWork], Awaitable[Done]]:
        """Work out a draft. Raises Rejected once the round is published, Retryable when it changed meanwhile."""
        return await self._drafted(command, look=False)

    async def _drafted(self, command: DraftRound, *, look: bool) -> Callable[[UnitOfWork], Awaitable[Done]]:
        programme, of, record = await self._loader.named(command.programme_id, command.round, look=look)
        facts = await self._loader.facts(programme, of, record)
        found = await asyncio.to_thread(draft, facts)

        async def save(work: UnitOfWork) -> Done:
            if (await self._loader.record(record.programme_id, record.round)).version != record.version:
                raise Retryable("The round has changed while it was drafted.")
            decision = drafted(facts, found)
            await self._loader.save(programme, decision, work)
            return Done(id=record.round_id, version=record.version + 1, sentence=decision.sentence)

        return save

    async def closed(self, event: RoundClosed) -> Callable[[UnitOfWork], Awaitable[None]]:
        """Make the first draft, unless there is one already."""
        record = await self._loader.record(event.programme_id, event.round)
        if record.state != "open":
            return _nothing
        save = await self._drafted(DraftRound(programme_id=event.programme_id, round=event.round), look=True)

        async def done(work: UnitOfWork) -> None:
            await save(work)

        return done


async def _nothing(work: UnitOfWork) -> None:
    return
