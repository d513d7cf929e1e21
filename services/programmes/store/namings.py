"""Whom entries name, in MongoDB."""

from services.programmes.domain.records import Naming
from shared.mongo import ASCENDING, Database

__all__ = ["MongoNamings"]


class MongoNamings:
    """Port `Namings`."""

    def __init__(self, database: Database) -> None:
        self._namings = database["namings"]

    async def naming(self, entry_id: str) -> Naming | None:
        """Whom the entry names, as it was last taken in."""
        found = await self._namings.find_one({"_id": entry_id})
        return Naming.model_validate(found) if found else None

    async def of_school(self, programme_id: str, school_id: str) -> list[Naming]:
        """What the entries of a school name, by entry id."""
        where = {"programme_id": programme_id, "school_id": school_id}
        found = self._namings.find(where, sort=[("_id", ASCENDING)])
        return [Naming.model_validate(document) async for document in found]

    async def put_naming(self, naming: Naming) -> None:
        """Save it in place of an older one."""
        document = {"_id": naming.entry_id, **naming.model_dump(mode="json")}
        await self._namings.put(document)
