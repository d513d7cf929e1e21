"""Loads a round of pairs as decisions see it, and carries out what was decided about it."""

import datetime as dt
from dataclasses import dataclass

from services.matching.domain.pairs.decisions import PairDecision
from services.matching.domain.pairs.facts import Known, PairFacts, pair_facts
from services.matching.domain.pairs.records import PairRoundRecord
from services.matching.domain.rounds.records import EngineProgramme, round_id
from services.matching.ports.rounds import RoundStores
from shared.bus import UnitOfWork
from shared.errors import Rejected
from shared.template.resolving import Needed
from shared.template.rounds import Round

__all__ = ["LoadedPairs", "PairLoader"]


@dataclass(frozen=True, slots=True)
class LoadedPairs:
    """A programme with one of its rounds of pairs, as things are now."""

    programme: EngineProgramme
    facts: PairFacts


class PairLoader:
    """Loads and saves. Calls join the transaction of the unit of work."""

    def __init__(self, stores: RoundStores) -> None:
        self._stores = stores

    async def named(self, programme_id: str, key: str, *, look: bool = False) -> tuple[EngineProgramme, Round]:
        """The round that somebody named, to act on it or only to `look`.

        Raises Rejected where there is none, or more than one and no name, and to act while the programme stands still.
        """
        programme = await self._stores.programmes.get(programme_id)
        rounds = programme.pair_rounds() if programme else ()
        found = programme.pairs(key) if programme else None
        if programme is None or not rounds:
            raise Rejected("no-pairs-here", "This programme brings nobody together in pairs or rings.")
        if programme.still and not look:
            raise Rejected(programme.still, f"The programme is {programme.still}; its rounds stand still.")
        if found is None:
            keys = ", ".join(one.key for one in rounds)
            raise Rejected("unknown-round", f"Name one of the rounds of this programme: {keys}.")
        return programme, found

    async def is_of_pairs(self, programme_id: str, key: str) -> bool:
        """Whether whoever names this round means one of pairs or rings: by its key, or because there is no other."""
        programme = await self._stores.programmes.get(programme_id)
        if programme is None or programme.pairs(key) is None:
            return False
        return bool(key) or not programme.rounds()

    async def record(self, programme_id: str, key: str) -> PairRoundRecord:
        """A round, also one about which nothing has been decided yet."""
        wanted = round_id(programme_id, key)
        blank = PairRoundRecord(round_id=wanted, programme_id=programme_id, round=key)
        return await self._stores.pair_rounds.get(wanted) or blank

    async def facts(self, programme: EngineProgramme, of: Round, record: PairRoundRecord, day: dt.date) -> PairFacts:
        """The round as things are on that day."""
        stores, programme_id = self._stores, programme.programme_id
        schools = {one.school_id: one for one in await stores.schools.of_programme(programme_id) if not one.withdrawn}
        members = await stores.roster.members(programme_id, Needed(school_ids=frozenset(schools)))
        people = {one.person_id for one in members}
        known = Known(
            template=programme.template,
            of=of,
            entries=await stores.entries.of_forms(programme_id, [of.skip.rpartition(".")[0]]) if of.skip else (),
            schools=schools,
            members=members,
            relations=await stores.roster.standing_among(programme_id, people),
            earlier=await stores.pairs.of_people(people),
            today=day,
        )
        return pair_facts(known, record, await stores.pairs.of_round(record.round_id))

    async def loaded(self, programme_id: str, key: str, now: dt.datetime, *, look: bool = False) -> LoadedPairs:
        """The round that somebody named, as things are now. Raises Rejected as `named` does."""
        programme, of = await self.named(programme_id, key, look=look)
        record = await self.record(programme_id, of.key)
        return LoadedPairs(programme, await self.facts(programme, of, record, programme.local_day(now)))

    async def save(self, decision: PairDecision, work: UnitOfWork) -> None:
        """Save what was decided and publish its events. Raises Retryable when the round has changed meanwhile."""
        if decision.record:
            await self._stores.pair_rounds.put(decision.record)
        await self._stores.pairs.save(decision.pairs)
        for event in decision.events:
            work.publish(event)
