"""Loads a round as decisions see it, and carries out what was decided about it."""

from dataclasses import dataclass

from services.matching.domain.rounds.candidates import Known
from services.matching.domain.rounds.facts import RoundFacts, facts_of
from services.matching.domain.rounds.records import EngineProgramme, RoundRecord, SchoolRecord, round_id
from services.matching.domain.rounds.standing import RoundDecision, Standing, expires
from services.matching.ports.rounds import RoundStores
from shared.bus import UnitOfWork
from shared.errors import Rejected
from shared.template.resolving import Needed
from shared.template.rounds import Round
from shared.working_days import IsHoliday

__all__ = ["OFFER", "Loaded", "RoundLoader"]

OFFER = "place-offer"
"""The kind of reminder that comes when the last day of an offer is over."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A programme with one of its rounds, and what stands of it."""

    programme: EngineProgramme
    standing: Standing


class RoundLoader:
    """Loads and saves. Calls join the transaction of the unit of work."""

    def __init__(self, stores: RoundStores, is_holiday: IsHoliday) -> None:
        self._stores, self._is_holiday = stores, is_holiday

    async def named(
        self, programme_id: str, key: str, *, look: bool = False
    ) -> tuple[EngineProgramme, Round, RoundRecord]:
        """The round that somebody named, to act on it or only to `look`.

        Raises Rejected where there is none, or more than one and no name, and to act while the programme stands still.
        """
        programme = await self._stores.programmes.get(programme_id)
        rounds = programme.rounds() if programme else ()
        found = programme.round(key) if programme else None
        if programme is None or not rounds:
            raise Rejected("no-rounds", _elsewhere(programme))
        if programme.still and not look:
            raise Rejected(programme.still, f"The programme is {programme.still}; its rounds stand still.")
        if found is None:
            keys = ", ".join(one.key for one in rounds)
            raise Rejected("unknown-round", f"Name one of the rounds of this programme: {keys}.")
        return programme, found, await self.record(programme_id, found.key)

    async def record(self, programme_id: str, key: str) -> RoundRecord:
        """A round, also one about which nothing has been decided yet."""
        wanted = round_id(programme_id, key)
        blank = RoundRecord(round_id=wanted, programme_id=programme_id, round=key)
        return await self._stores.rounds.get(wanted) or blank

    async def facts(self, programme: EngineProgramme, of: Round, record: RoundRecord) -> RoundFacts:
        """The round as things are now."""
        stores, template = self._stores, programme.template
        about = [form.key for form in template.forms if form.about == of.people]
        entries = await stores.entries.of_forms(programme.programme_id, [of.people or "", of.things or "", *about])
        schools = {one.school_id: one for one in await self._schools(programme.programme_id)}
        everywhere = Needed(school_ids=frozenset(schools))
        members = await stores.roster.members(programme.programme_id, everywhere)
        people = {one.person_id for one in members}
        relations = await stores.roster.standing_among(programme.programme_id, people)
        known = Known(template, of, entries, schools, members, relations)
        return facts_of(known, record, await stores.matches.balances(schools, record.round_id))

    async def standing(self, programme: EngineProgramme, of: Round, record: RoundRecord) -> Standing:
        """The round with its placements and offers."""
        return Standing(
            facts=await self.facts(programme, of, record),
            matches=await self._stores.matches.of_round(record.round_id),
            offers=await self._stores.offers.of_round(record.round_id),
            is_holiday=self._is_holiday,
        )

    async def loaded(self, programme_id: str, key: str, *, look: bool = False) -> Loaded:
        """The round that somebody named, with what stands of it. Raises Rejected as `named` does."""
        programme, of, record = await self.named(programme_id, key, look=look)
        return Loaded(programme, await self.standing(programme, of, record))

    async def save(self, programme: EngineProgramme, decision: RoundDecision, work: UnitOfWork) -> None:
        """Save what was decided and publish its events. Raises Retryable when the round has changed meanwhile."""
        stores = self._stores
        if decision.record:
            await stores.rounds.put(decision.record)
        await stores.matches.add([match for match in decision.matches if not match.told])
        for match in decision.matches:
            if match.told:
                await stores.matches.put(match)
        for offer in decision.offers:
            await stores.offers.put(offer)
            if offer.state == "open":
                work.remind(OFFER, offer.offer_id, expires(offer, programme.template.timezone))
            else:
                work.cancel_reminder(OFFER, offer.offer_id)
        for event in decision.events:
            work.publish(event)

    async def _schools(self, programme_id: str) -> list[SchoolRecord]:
        """A school that left and came back has one part that stands; it comes last and counts."""
        found = await self._stores.schools.of_programme(programme_id)
        return sorted(found, key=lambda one: (one.school_id, not one.withdrawn))


def _elsewhere(programme: EngineProgramme | None) -> str:
    if programme and programme.pair_rounds():
        return "This programme places nobody; who is brought together is under `kindred pairs`."
    return "This programme places nobody; its groups are under `kindred cohorts`."
