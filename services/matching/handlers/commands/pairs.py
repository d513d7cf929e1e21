"""A coordinator holds people together or apart, publishes a round of pairs, ends a pair."""

from services.matching.domain.pairs import decisions
from services.matching.domain.pairs.decisions import PairDecision
from services.matching.domain.pairs.records import PairPin
from services.matching.handlers.commands.rounds import RoundCommands
from services.matching.handlers.pairs import LoadedPairs, PairLoader
from services.matching.handlers.workers.pairs import PairPublisher
from services.matching.ports.rounds import RoundStores
from shared.bus import UnitOfWork
from shared.commands import pairs as contract
from shared.commands.base import Done
from shared.commands.rounds import PublishRound
from shared.errors import Rejected

__all__ = ["PairCommands"]


class PairCommands:
    """Answers commands about rounds of pairs and rings."""

    def __init__(
        self, stores: RoundStores, loader: PairLoader, publisher: PairPublisher, placements: RoundCommands
    ) -> None:
        self._stores = stores
        self._loader = loader
        self._publisher = publisher
        self._placements = placements

    async def together(self, command: contract.PairPeople, work: UnitOfWork) -> Done:
        """Hold people together."""
        return await self._pin(command, PairPin(person_ids=command.person_ids, how="together"), work)

    async def apart(self, command: contract.KeepApart, work: UnitOfWork) -> Done:
        """Hold two people apart."""
        return await self._pin(command, PairPin(person_ids=command.person_ids, how="apart"), work)

    async def free(self, command: contract.FreePeople, work: UnitOfWork) -> Done:
        """Take back what was said of people."""
        loaded = await self._loader.loaded(command.programme_id, command.round, work.now)
        return await self._save(loaded, decisions.free(loaded.facts.record, command.person_ids), work)

    async def publish(self, command: PublishRound, work: UnitOfWork) -> Done:
        """Let the draft of whichever round is meant stand; the first pairs are told, the others follow."""
        if not await self._loader.is_of_pairs(command.programme_id, command.round):
            return await self._placements.publish(command, work)
        loaded = await self._loader.loaded(command.programme_id, command.round, work.now)
        done = await self._save(loaded, decisions.publish(loaded.facts, command.revision, work.now), work)
        await self._publisher.publish_next(work)
        return done

    async def end(self, command: contract.EndPair, work: UnitOfWork) -> Done:
        """End a pair; nobody else moves."""
        pair = await self._stores.pairs.get(command.pair_id)
        if pair is None:
            raise Rejected("unknown-pair", f"There is no pair '{command.pair_id[:60]}'.")
        loaded = await self._loader.loaded(pair.programme_id, pair.round, work.now)
        return await self._save(loaded, decisions.end(loaded.facts.record, pair), work)

    async def _pin(self, command: contract.PairPeople | contract.KeepApart, wish: PairPin, work: UnitOfWork) -> Done:
        loaded = await self._loader.loaded(command.programme_id, command.round, work.now)
        return await self._save(loaded, decisions.pin(loaded.facts, wish), work)

    async def _save(self, loaded: LoadedPairs, decision: PairDecision, work: UnitOfWork) -> Done:
        await self._loader.save(decision, work)
        version = decision.record.version if decision.record else 1
        return Done(id=loaded.facts.record.round_id, version=version, sentence=decision.sentence)
