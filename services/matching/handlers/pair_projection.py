"""What others publish that rounds of pairs act on: moments at which they begin, people and schools that leave."""

from collections.abc import Iterable

from services.matching.domain.pairs.accepting import answered
from services.matching.domain.pairs.decisions import PairDecision, begins, leaves
from services.matching.domain.pairs.records import PairRecord
from services.matching.handlers.pairs import PairLoader
from services.matching.ports.rounds import RoundStores
from shared.bus import UnitOfWork
from shared.events.forms import FormAgreed
from shared.events.pairs import EndReason
from shared.events.programmes_parts import MomentReached, RoleLeft, SchoolWithdrawn

__all__ = ["PairProjection"]


class PairProjection:
    """Handlers of facts. What is stored of programmes, schools and entries is kept by `RoundProjection`."""

    def __init__(self, stores: RoundStores, loader: PairLoader) -> None:
        self._stores = stores
        self._loader = loader

    async def moment(self, event: MomentReached, work: UnitOfWork) -> None:
        """A moment of the clock; rounds that name it begin anew."""
        programme = await self._stores.programmes.get(event.programme_id)
        key = f"{event.moment}.{event.state}" if event.state else event.moment
        for of in programme.pair_rounds() if programme and not programme.still else ():
            record = await self._loader.record(event.programme_id, of.key)
            await self._loader.save(begins(record, of, key), work)

    async def agreed(self, event: FormAgreed, work: UnitOfWork) -> None:
        """Somebody has answered whether their school shares a place with its neighbour."""
        programme = await self._stores.programmes.get(event.programme_id)
        for of in programme.pair_rounds() if programme else ():
            form, _, key = of.accept.rpartition(".")
            pair = await self._stores.pairs.get(event.about_id) if of.accept and form == event.form else None
            if programme is None or pair is None or pair.round != of.key:
                continue
            for author in event.author_ids:
                record = await self._loader.record(event.programme_id, of.key)
                pair = await self._stores.pairs.get(event.about_id) or pair
                today = programme.local_day(work.now)
                accepts = event.answers.get(key) is True
                await self._loader.save(answered(record, pair, author, accepts=accepts, on=today), work)

    async def role_left(self, event: RoleLeft, work: UnitOfWork) -> None:
        """Somebody has a role no longer: whoever follows them takes the place, and no pair."""
        pairs = await self._stores.pairs.of_people([event.person_id])
        held = await self._stores.roster.of_person(event.programme_id, event.person_id)
        still = {one.role for one in held if one.membership_id != event.membership_id and one.until is None}
        if event.role not in still:
            await self._leave(event.programme_id, pairs, event.person_id, "person-left", work)

    async def withdrawn(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """A school has left, and its people with it."""
        for of in await self._rounds(event.programme_id):
            record = await self._loader.record(event.programme_id, of)
            pairs = await self._stores.pairs.of_round(record.round_id)
            there = {
                person
                for one in pairs
                for person, school in zip(one.person_ids, one.school_ids, strict=True)
                if school == event.school_id and not one.ended
            }
            for person in sorted(there):
                pairs = await self._stores.pairs.of_round(record.round_id)
                await self._leave(event.programme_id, pairs, person, "school-withdrawn", work)

    async def _leave(
        self, programme_id: str, pairs: Iterable[PairRecord], person_id: str, reason: EndReason, work: UnitOfWork
    ) -> None:
        mine = [one for one in pairs if one.programme_id == programme_id]
        for key in sorted({one.round for one in mine}):
            record = await self._loader.record(programme_id, key)
            of_round = [one for one in mine if one.round == key]
            decision: PairDecision = leaves(record, of_round, person_id, reason)
            await self._loader.save(decision, work)

    async def _rounds(self, programme_id: str) -> list[str]:
        programme = await self._stores.programmes.get(programme_id)
        return [of.key for of in programme.pair_rounds()] if programme else []
