"""Trusts, partnerships, relations and categories in MongoDB."""

from collections.abc import Iterable

from services.programmes.domain.parties.records import PartyRecord, RelationRecord, StandingRecord
from shared.mongo import ASCENDING, Database, Document, ReplaceOne

__all__ = ["MongoParties"]


class MongoParties:
    """Port `Parties`."""

    def __init__(self, database: Database) -> None:
        self._parties = database["parties"]
        self._relations = database["relations"]
        self._standings = database["standings"]

    async def party(self, party_id: str) -> PartyRecord | None:
        """A party, also one that has left, or the programme's own people."""
        found = await self._parties.find_one({"_id": party_id})
        return PartyRecord.model_validate(found) if found else None

    async def parties(self, programme_id: str) -> list[PartyRecord]:
        """Those that take part in a programme, by name; its own people are one of them."""
        where = {"programme_id": programme_id, "state": "enrolled"}
        found = self._parties.find(where, sort=[("name", ASCENDING), ("_id", ASCENDING)])
        return [PartyRecord.model_validate(each) async for each in found]

    async def of_trusts(self, trust_ids: Iterable[str]) -> list[PartyRecord]:
        """The parties of these trusts that take part in any programme, by id."""
        return await self._standing({"trust_id": {"$in": sorted(trust_ids)}})

    async def with_schools(self, school_ids: Iterable[str]) -> list[PartyRecord]:
        """The parties that one of these schools is or was of, and that take part in any programme, by id."""
        return await self._standing({"schools.school_id": {"$in": sorted(school_ids)}})

    async def put_party(self, party: PartyRecord) -> None:
        """Save it in place of an older one."""
        document = {"_id": party.party_id, **party.model_dump(mode="json")}
        await self._parties.put(document)

    async def relations(self, programme_id: str) -> list[RelationRecord]:
        """All relations of a programme that were declared, ended ones too, by id."""
        found = self._relations.find({"programme_id": programme_id}, sort=[("_id", ASCENDING)])
        return [RelationRecord.model_validate(each) async for each in found]

    async def put_relations(self, relations: Iterable[RelationRecord]) -> None:
        """Save them in place of older ones."""
        documents = [{"_id": one.relation_id, **one.model_dump(mode="json")} for one in relations]
        await self._relations.bulk_write([ReplaceOne({"_id": d["_id"]}, d, upsert=True) for d in documents])

    async def standing(self, standing_id: str) -> StandingRecord | None:
        """The categories of a school."""
        found = await self._standings.find_one({"_id": standing_id})
        return StandingRecord.model_validate(found) if found else None

    async def standings(self, programme_id: str) -> list[StandingRecord]:
        """The categories of a programme's schools, by URN."""
        found = self._standings.find({"programme_id": programme_id}, sort=[("urn", ASCENDING)])
        return [StandingRecord.model_validate(each) async for each in found]

    async def put_standing(self, standing: StandingRecord) -> None:
        """Save them in place of older ones."""
        document = {"_id": standing.standing_id, **standing.model_dump(mode="json")}
        await self._standings.put(document)

    async def forget(self, person_id: str) -> None:
        """Delete somebody's roles and relations; of what they decided stays what and why, not who."""
        async for found in self._parties.find({"people.person_id": person_id}):
            await self.put_party(PartyRecord.model_validate(found).without(person_id))
        for end in ("from_person", "to_person"):
            await self._relations.delete_many({end: person_id})
        async for found in self._standings.find({"decisions.decided_by": person_id}):
            await self.put_standing(StandingRecord.model_validate(found).without(person_id))

    async def _standing(self, where: Document) -> list[PartyRecord]:
        found = self._parties.find({**where, "state": "enrolled"}, sort=[("_id", ASCENDING)])
        return [PartyRecord.model_validate(each) async for each in found]
