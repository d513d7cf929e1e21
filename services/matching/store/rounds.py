"""Rounds of placements in MongoDB."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.matching.domain.pairs.records import PairRecord, PairRoundRecord
from services.matching.domain.rounds.facts import Balance
from services.matching.domain.rounds.records import (
    EngineProgramme,
    EntryRecord,
    MatchRecord,
    OfferRecord,
    RoundRecord,
    SchoolRecord,
)
from services.matching.store.pairs import MongoPairRounds, MongoPairs
from services.matching.store.records import Records
from shared.errors import Retryable
from shared.mongo import Database, DuplicateKey
from shared.roster.mongo import MongoRoster

__all__ = ["MongoRoundStores"]


class MongoSchools(Records[SchoolRecord]):
    """Port `Schools`."""

    async def of_programme(self, programme_id: str) -> list[SchoolRecord]:
        """All schools of a programme, by school id."""
        return sorted(await self._found({"programme_id": programme_id}), key=lambda one: one.school_id)


class MongoEntries(Records[EntryRecord]):
    """Port `Entries`."""

    async def of_forms(self, programme_id: str, forms: Collection[str]) -> list[EntryRecord]:
        """The entries of these forms in a programme, by id."""
        return await self._found({"programme_id": programme_id, "form": {"$in": sorted(forms)}})


class MongoRounds(Records[RoundRecord]):
    """Port `Rounds`."""

    async def put(self, record: RoundRecord) -> None:
        """Save a round. Raises Retryable when another has saved this version."""
        earlier = {"_id": record.round_id, "version": {"$lt": record.version}}
        try:
            await self._records.replace_one(earlier, self._document(record), upsert=True)
        except DuplicateKey as error:
            raise Retryable(f"Round {record.round} has changed meanwhile.") from error


class MongoMatches(Records[MatchRecord]):
    """Port `Matches`."""

    async def add(self, matches: Sequence[MatchRecord]) -> None:
        """Save new placements at once."""
        await self._records.insert_many([self._document(match) for match in matches])

    async def of_round(self, round_id: str) -> list[MatchRecord]:
        """The placements of a round, by the person's entry, then the thing's."""
        found = await self._found({"round_id": round_id})
        return sorted(found, key=lambda one: (one.person_entry_id, one.thing_entry_id))

    async def of_person(self, programme_id: str, person_id: str) -> list[MatchRecord]:
        """The placements of somebody in a programme that stand."""
        return await self._found({"programme_id": programme_id, "person_id": person_id, "ended": False})

    async def balances(self, school_ids: Collection[str], without_round: str) -> dict[str, Balance]:
        """School -> what it gave and received in all other rounds."""
        wanted = {"$in": sorted(school_ids)}
        where = {"ended": False, "round_id": {"$ne": without_round}}
        either = [{"school_id": wanted}, {"host_school_id": wanted}]
        gave, received = Counter[str](), Counter[str]()
        async for one in self._records.find({**where, "$or": either}, projection={"school_id": 1, "host_school_id": 1}):
            gave[one["school_id"]] += 1
            received[one["host_school_id"]] += 1
        concerned = (gave.keys() | received.keys()) & set(school_ids)
        return {school: Balance(gave[school], received[school]) for school in concerned}

    async def untold(self, limit: int) -> list[MatchRecord]:
        """The next placements that nobody has been told of, by id; marks them as told."""
        found = await self._found({"told": False}, limit)
        ids = [match.match_id for match in found]
        if ids:
            await self._records.update_many({"_id": {"$in": ids}}, {"$set": {"told": True}})
        return found


class MongoOffers(Records[OfferRecord]):
    """Port `Offers`."""

    async def of_round(self, round_id: str) -> list[OfferRecord]:
        """The offers of a round, by id."""
        return await self._found({"round_id": round_id})


@dataclass(frozen=True, slots=True)
class MongoRoundStores:
    """Port `RoundStores`."""

    programmes: Records[EngineProgramme]
    schools: MongoSchools
    entries: MongoEntries
    roster: MongoRoster
    rounds: MongoRounds
    matches: MongoMatches
    offers: MongoOffers
    pair_rounds: MongoPairRounds
    pairs: MongoPairs

    @classmethod
    def of(cls, database: Database) -> "MongoRoundStores":
        """The stores of a database."""
        return cls(
            programmes=Records(database, "engine_programmes", EngineProgramme, "programme_id"),
            schools=MongoSchools(database, "round_schools", SchoolRecord, "enrolment_id"),
            entries=MongoEntries(database, "entries", EntryRecord, "entry_id"),
            roster=MongoRoster(database),
            rounds=MongoRounds(database, "rounds", RoundRecord, "round_id"),
            matches=MongoMatches(database, "matches", MatchRecord, "match_id"),
            offers=MongoOffers(database, "offers", OfferRecord, "offer_id"),
            pair_rounds=MongoPairRounds(database, "pair_rounds", PairRoundRecord, "round_id"),
            pairs=MongoPairs(database, "pairs", PairRecord, "pair_id"),
        )
