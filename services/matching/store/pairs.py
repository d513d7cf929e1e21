"""Rounds of pairs and rings in MongoDB."""

from collections.abc import Collection, Sequence

from services.matching.domain.pairs.records import PairRecord, PairRoundRecord
from services.matching.store.records import BY_ID, Records
from shared.errors import Retryable
from shared.mongo import DESCENDING, DuplicateKey, ReplaceOne

__all__ = ["MongoPairRounds", "MongoPairs"]

ENDED_FIRST = [("ended", DESCENDING), *BY_ID]


class MongoPairRounds(Records[PairRoundRecord]):
    """Port `PairRounds`."""

    async def put(self, record: PairRoundRecord) -> None:
        """Save a round. Raises Retryable when another has saved this version."""
        earlier = {"_id": record.round_id, "version": {"$lt": record.version}}
        try:
            await self._records.replace_one(earlier, self._document(record), upsert=True)
        except DuplicateKey as error:
            raise Retryable(f"Round {record.round} has changed meanwhile.") from error


class MongoPairs(Records[PairRecord]):
    """Port `Pairs`."""

    async def save(self, pairs: Sequence[PairRecord]) -> None:
        """Save pairs at once, new ones and those that change."""
        documents = [self._document(pair) for pair in pairs]
        await self._records.bulk_write([ReplaceOne({"_id": one["_id"]}, one, upsert=True) for one in documents])

    async def of_round(self, round_id: str) -> list[PairRecord]:
        """The pairs of a round, by id."""
        return await self._found({"round_id": round_id})

    async def of_people(self, person_ids: Collection[str]) -> list[PairRecord]:
        """Every pair of these people, by id."""
        return await self._found({"person_ids": {"$in": sorted(person_ids)}})

    async def untold(self, limit: int) -> list[PairRecord]:
        """The next pairs that nobody has been told of, ended ones first, by id; marks them as told."""
        found = await self._found({"told": False}, limit, ENDED_FIRST)
        ids = [pair.pair_id for pair in found]
        if ids:
            await self._records.update_many({"_id": {"$in": ids}}, {"$set": {"told": True}})
        return found
