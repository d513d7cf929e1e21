"""Drafts rounds of pairs and rings, and publishes the pairs of large ones in batches."""

import asyncio
from collections.abc import Awaitable, Callable

from services.matching.assigning.pair_drafting import draft_pairs
from services.matching.domain.pairs.decisions import drafted, goes_on
from services.matching.domain.pairs.events import pair_event
from services.matching.handlers.pairs import PairLoader
from services.matching.handlers.workers.placements import RoundWorker
from services.matching.ports.rounds import RoundStores
from shared.bus import UnitOfWork
from shared.clock import Clock
from shared.commands.base import Done
from shared.commands.rounds import DraftRound
from shared.errors import Rejected, Retryable
from shared.events.rounds import RoundClosed

__all__ = ["PairPublisher", "PairWorker", "RoundDrafting"]

AT_ONCE = 200
"""Pairs published in one transaction; the rest of a large round follows in batches of as many."""
Saving = Callable[[UnitOfWork], Awaitable[Done]]


class PairPublisher:
    """Publishes pairs that nobody has been told of."""

    def __init__(self, stores: RoundStores) -> None:
        self._stores = stores

    async def publish_next(self, work: UnitOfWork) -> int:
        """Publish the next pairs; how many."""
        pairs = await self._stores.pairs.untold(AT_ONCE)
        for pair in pairs:
            work.publish(pair_event(pair))
        return len(pairs)


class PairWorker:
    """Works drafts out in a thread, without a transaction, and saves them in one."""

    def __init__(self, loader: PairLoader, clock: Clock) -> None:
        self._loader = loader
        self._clock = clock

    async def draft(self, command: DraftRound, *, look: bool = False) -> Saving:
        """Work out a draft: of the next run, or of the one that stands. Raises Retryable when it changed meanwhile."""
        loaded = await self._loader.loaded(command.programme_id, command.round, self._clock.now(), look=look)
        facts, record = loaded.facts, loaded.facts.record
        keep = command.keep or goes_on(facts)
        found = await asyncio.to_thread(draft_pairs, facts, keep=keep)

        async def save(work: UnitOfWork) -> Done:
            if (await self._loader.record(record.programme_id, record.round)).version != record.version:
                raise Retryable("The round has changed while it was drafted.")
            decision = drafted(facts, found, keep=keep)
            await self._loader.save(decision, work)
            return Done(id=record.round_id, version=record.version + 1, sentence=decision.sentence)

        return save


class RoundDrafting:
    """Drafts whichever kind of round is meant."""

    def __init__(self, placements: RoundWorker, pairs: PairWorker, loader: PairLoader) -> None:
        self._placements = placements
        self._pairs = pairs
        self._loader = loader

    async def draft(self, command: DraftRound) -> Saving:
        """Work out a draft."""
        if await self._loader.is_of_pairs(command.programme_id, command.round):
            return await self._pairs.draft(command)
        if command.keep:
            raise Rejected("nothing-to-keep", "Only rounds of pairs and rings are drafted around what stands.")
        return await self._placements.draft(command)

    async def closed(self, event: RoundClosed) -> Callable[[UnitOfWork], Awaitable[None]]:
        """Make the draft that is due: the first of a round of placements, the next of a round of pairs."""
        if await self._loader.is_of_pairs(event.programme_id, event.round):
            asked = DraftRound(programme_id=event.programme_id, round=event.round)
            save = await self._pairs.draft(asked, look=True)

            async def done(work: UnitOfWork) -> None:
                await save(work)

            return done
        return await self._placements.closed(event)
