"""The port `Roster` on MongoDB. Every call joins the unit of work's transaction where one is open."""

from collections.abc import Collection

from shared.mongo import ASCENDING, Database
from shared.roster.records import Membership, Party, Relationship, SchoolStanding
from shared.template.resolving import Needed

_OLDEST_FIRST = [("since", ASCENDING), ("_id", ASCENDING)]


class MongoRoster:
    """One collection a kind of record, in the service's own database."""

    def __init__(self, database: Database) -> None:
        self._members = database["roster_memberships"]
        self._relations = database["roster_relations"]
        self._parties = database["roster_parties"]
        self._standings = database["roster_standings"]

    async def prepare(self) -> None:
        """Create the indexes that the roster is read by."""
        for field in ("school_id", "person_id", "role", "entry_id"):
            await self._members.create_index([("programme_id", ASCENDING), (field, ASCENDING)])
        await self._members.create_index("person_id")
        for field in ("from_person", "to_person"):
            await self._relations.create_index([("programme_id", ASCENDING), (field, ASCENDING)])
            await self._relations.create_index(field)
        await self._parties.create_index("programme_id")
        await self._standings.create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)])

    async def membership(self, membership_id: str) -> Membership | None:
        """Return a membership, also one that has ended."""
        found = await self._members.find_one({"_id": membership_id})
        return Membership.model_validate(found) if found else None

    async def relationship(self, relation_id: str) -> Relationship | None:
        """Return a relation, also one that has ended."""
        found = await self._relations.find_one({"_id": relation_id})
        return Relationship.model_validate(found) if found else None

    async def put_membership(self, membership: Membership) -> None:
        """Save it in place of an older one."""
        document = {"_id": membership.membership_id, **membership.model_dump(mode="json")}
        await self._members.put(document)

    async def put_relationship(self, relationship: Relationship) -> None:
        """Save it in place of an older one."""
        document = {"_id": relationship.relation_id, **relationship.model_dump(mode="json")}
        await self._relations.put(document)

    async def of_person(self, programme_id: str, person_id: str) -> list[Membership]:
        """Return all of somebody's memberships of a programme, ended ones too, the oldest first."""
        found = self._members.find({"programme_id": programme_id, "person_id": person_id}, sort=_OLDEST_FIRST)
        return [Membership.model_validate(each) async for each in found]

    async def held_by(self, person_id: str) -> list[Membership]:
        """Return all of somebody's memberships, of all programmes, ended ones too, the oldest first."""
        found = self._members.find({"person_id": person_id}, sort=_OLDEST_FIRST)
        return [Membership.model_validate(each) async for each in found]

    async def named_in(self, programme_id: str, entry_id: str) -> list[Membership]:
        """Return the memberships that an entry of a form brought about, the oldest first."""
        found = self._members.find({"programme_id": programme_id, "entry_id": entry_id}, sort=_OLDEST_FIRST)
        return [Membership.model_validate(each) async for each in found]

    async def members(self, programme_id: str, wanted: Needed) -> list[Membership]:
        """Return who holds a role at these schools, at no school, or one of these roles anywhere; the oldest first."""
        there = {"school_id": {"$in": [None, *sorted(wanted.school_ids)]}}
        # With an alternative that nothing fits, all members of the programme would be read.
        roles = sorted(wanted.roles_everywhere)
        either = {"$or": [there, {"role": {"$in": roles}}]} if roles else there
        found = self._members.find({"programme_id": programme_id, **either}, sort=_OLDEST_FIRST)
        return [Membership.model_validate(each) async for each in found]

    async def standing_among(self, programme_id: str, person_ids: Collection[str]) -> list[Relationship]:
        """Return the relations in which one of these people stands, at either end, by id; ended ones too."""
        people = {"$in": sorted(person_ids)}
        where = {"programme_id": programme_id, "$or": [{"from_person": people}, {"to_person": people}]}
        found = self._relations.find(where, sort=[("_id", ASCENDING)])
        return [Relationship.model_validate(each) async for each in found]

    async def party(self, party_id: str) -> Party | None:
        """Return a trust or partnership, also one that has left."""
        found = await self._parties.find_one({"_id": party_id})
        return Party.model_validate(found) if found else None

    async def put_party(self, party: Party) -> None:
        """Save it in place of an older one."""
        document = {"_id": party.party_id, **party.model_dump(mode="json")}
        await self._parties.put(document)

    async def parties(self, programme_id: str) -> list[Party]:
        """Return the parties that take part in a programme, by id; those that have left are not among them."""
        found = self._parties.find({"programme_id": programme_id, "withdrawn": False}, sort=[("_id", ASCENDING)])
        return [Party.model_validate(each) async for each in found]

    async def school_standing(self, standing_id: str) -> SchoolStanding | None:
        """Return the categories of a school, by the id of its standing."""
        found = await self._standings.find_one({"_id": standing_id})
        return SchoolStanding.model_validate(found) if found else None

    async def put_school_standing(self, standing: SchoolStanding) -> None:
        """Save them in place of older ones."""
        document = {"_id": standing.standing_id, **standing.model_dump(mode="json")}
        await self._standings.put(document)

    async def school_standings(self, programme_id: str) -> list[SchoolStanding]:
        """Return the categories of a programme's schools, by school, as far as anybody has decided."""
        found = self._standings.find({"programme_id": programme_id}, sort=[("school_id", ASCENDING)])
        return [SchoolStanding.model_validate(each) async for each in found]

    async def forget(self, person_id: str) -> None:
        """Delete everything about somebody."""
        await self._members.delete_many({"person_id": person_id})
        for field in ("from_person", "to_person"):
            await self._relations.delete_many({field: person_id})
        async for found in self._standings.find({"decisions.decided_by": person_id}):
            await self.put_school_standing(SchoolStanding.model_validate(found).without(person_id))
