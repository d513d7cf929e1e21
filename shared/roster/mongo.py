"""The port `Roster` on MongoDB. Every call joins the unit of work's transaction where one is open."""

from collections.abc import Collection

from shared.mongo import ASCENDING, Database
from shared.roster.records import Membership, Relationship
from shared.template.resolving import Needed

_OLDEST_FIRST = [("since", ASCENDING), ("_id", ASCENDING)]


class MongoRoster:
    """Memberships and relations in two collections of the service's own database."""

    def __init__(self, database: Database) -> None:
        self._members = database["roster_memberships"]
        self._relations = database["roster_relations"]

    async def prepare(self) -> None:
        """Create the indexes that the roster is read by."""
        for field in ("school_id", "person_id", "role", "entry_id"):
            await self._members.create_index([("programme_id", ASCENDING), (field, ASCENDING)])
        await self._members.create_index("person_id")
        await self._relations.create_index([("programme_id", ASCENDING), ("to_person", ASCENDING)])
        for field in ("from_person", "to_person"):
            await self._relations.create_index(field)

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
        await self._members.replace_one({"_id": membership.membership_id}, document, upsert=True)

    async def put_relationship(self, relationship: Relationship) -> None:
        """Save it in place of an older one."""
        document = {"_id": relationship.relation_id, **relationship.model_dump(mode="json")}
        await self._relations.replace_one({"_id": relationship.relation_id}, document, upsert=True)

    async def of_person(self, programme_id: str, person_id: str) -> list[Membership]:
        """Return all of somebody's memberships of a programme, ended ones too, the oldest first."""
        found = self._members.find({"programme_id": programme_id, "person_id": person_id}, sort=_OLDEST_FIRST)
        return [Membership.model_validate(each) async for each in found]

    async def named_in(self, programme_id: str, entry_id: str) -> list[Membership]:
        """Return the memberships that an entry of a form brought about, the oldest first."""
        found = self._members.find({"programme_id": programme_id, "entry_id": entry_id}, sort=_OLDEST_FIRST)
        return [Membership.model_validate(each) async for each in found]

    async def members(self, programme_id: str, wanted: Needed) -> list[Membership]:
        """Return who holds a role at these schools, at no school, or one of these roles anywhere; the oldest first."""
        either = [
            {"school_id": {"$in": [None, *sorted(wanted.school_ids)]}},
            {"role": {"$in": sorted(wanted.roles_everywhere)}},
        ]
        found = self._members.find({"programme_id": programme_id, "$or": either}, sort=_OLDEST_FIRST)
        return [Membership.model_validate(each) async for each in found]

    async def standing_to(self, programme_id: str, person_ids: Collection[str]) -> list[Relationship]:
        """Return the relations that stand to these people."""
        where = {"programme_id": programme_id, "to_person": {"$in": sorted(person_ids)}, "ended": False}
        found = self._relations.find(where, sort=[("_id", ASCENDING)])
        return [Relationship.model_validate(each) async for each in found]

    async def forget(self, person_id: str) -> None:
        """Delete everything about somebody."""
        await self._members.delete_many({"person_id": person_id})
        for field in ("from_person", "to_person"):
            await self._relations.delete_many({field: person_id})
