"""People in MongoDB, one an e-mail address."""

import re
from collections.abc import Iterable

from services.programmes.domain.enrolment.addresses import address_key
from services.programmes.domain.people import CONSOLE
from services.programmes.domain.records import Person
from shared.bus import command_replies
from shared.errors import Rejected
from shared.mongo import ASCENDING, Database, Document, ReplaceOne, is_duplicate_key

__all__ = ["MongoPeople"]


class MongoPeople:
    """Ports `People` and `PeopleSearch`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._people = database["people"]

    async def get(self, person_id: str) -> Person:
        """The person. Raises Rejected("unknown-person")."""
        found = await self._people.find_one({"_id": person_id})
        if found is None:
            raise Rejected("unknown-person", f"There is no person '{person_id[:60]}'.")
        return Person.model_validate(found)

    async def concerned(self, emails: Iterable[str], person_ids: Iterable[str]) -> list[Person]:
        """Everybody with one of these addresses or ids."""
        keys = [address_key(email) for email in emails]
        where = {"$or": [{"email_key": {"$in": keys}}, {"_id": {"$in": list(person_ids)}}]}
        return [Person.model_validate(each) async for each in self._people.find(where)]

    async def at_school(self, programme_id: str, school_id: str) -> list[Person]:
        """Everybody with a role at the school in the programme, by name."""
        return await self._holding({"programme_id": programme_id, "school_id": school_id})

    async def at_schools(self, programme_id: str, school_ids: Iterable[str]) -> list[Person]:
        """Everybody with a role at one of these schools in the programme, by name."""
        return await self._holding({"programme_id": programme_id, "school_id": {"$in": sorted(school_ids)}})

    async def of_programme(self, programme_id: str) -> list[Person]:
        """Everybody with a role in the programme, by name."""
        return await self._holding({"programme_id": programme_id})

    async def _holding(self, role: Document) -> list[Person]:
        found = self._people.find({"roles": {"$elemMatch": role}}, sort=[("name", ASCENDING), ("_id", ASCENDING)])
        return [Person.model_validate(each) async for each in found]

    async def search(self, text: str, programme_id: str, limit: int, offset: int) -> tuple[int, list[Person]]:
        """How many have the text in their name or address, and a page of them by name; blank asks for no such thing."""
        where: Document = {"roles": {"$elemMatch": {"programme_id": programme_id}}} if programme_id else {}
        if wanted := " ".join(text.split()):
            pattern = {"$regex": re.escape(wanted), "$options": "i"}
            where["$or"] = [{"name": pattern}, {"email_key": pattern}]
        found = self._people.find(where, sort=[("name", ASCENDING), ("_id", ASCENDING)], limit=limit, skip=offset)
        return await self._people.count(where), [Person.model_validate(each) async for each in found]

    async def coordinators(self) -> list[Person]:
        """Everybody who may sign in to the console, by name."""
        where = {"roles": {"$elemMatch": CONSOLE.model_dump()}}
        found = self._people.find(where, sort=[("name", ASCENDING), ("_id", ASCENDING)])
        return [Person.model_validate(each) async for each in found]

    async def put(self, people: Iterable[Person]) -> None:
        """Save people. Raises Rejected("address-taken")."""
        documents = [_document(person) for person in people]
        if not documents:
            return
        ids = {document["email_key"]: document["_id"] for document in documents}
        held = self._people.find({"email_key": {"$in": list(ids)}}, projection={"email_key": 1})
        if len(ids) < len(documents) or any([ids[each["email_key"]] != each["_id"] async for each in held]):
            raise _taken()
        try:
            await self._people.bulk_write([ReplaceOne({"_id": d["_id"]}, d, upsert=True) for d in documents])
        except Exception as error:
            if is_duplicate_key(error):
                raise _taken() from error
            raise

    async def erase(self, person_id: str) -> None:
        """Delete a person, and take their name out of what commands were answered."""
        found = await self._people.find_one({"_id": person_id}, projection={"name": 1, "email": 1})
        if found:
            await command_replies.forget(self._database, (found["name"], found["email"]))
        await self._people.delete_one({"_id": person_id})


def _document(person: Person) -> Document:
    key = address_key(person.email)
    return {"_id": person.person_id, "email_key": key, **person.model_dump(mode="json")}


def _taken() -> Rejected:
    return Rejected("address-taken", "Somebody else has this e-mail address.")
