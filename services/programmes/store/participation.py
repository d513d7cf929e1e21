"""Schools' parts in programmes in MongoDB."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from services.programmes.domain.participation.records import Participation, SchoolEntry
from shared.mongo import ASCENDING, Database

__all__ = ["MongoParticipations"]


class MongoParticipations:
    """Ports `Participations` and `SchoolEntries`."""

    def __init__(self, database: Database) -> None:
        self._participations = database["participations"]
        self._entries = database["school_entries"]
        self._forms = database["forms_begun"]

    async def begin_form(self, programme_id: str, form: str) -> None:
        """Note that an entry of a form was handed in."""
        key = f"{programme_id}/{form}"
        if await self._forms.find_one({"_id": key}) is None:
            document = {"_id": key, "programme_id": programme_id, "form": form}
            await self._forms.put(document)

    async def forms_begun(self, programme_id: str) -> frozenset[str]:
        """The forms of which an entry was handed in."""
        return frozenset([document["form"] async for document in self._forms.find({"programme_id": programme_id})])

    async def participation(self, participation_id: str) -> Participation | None:
        """A school's part."""
        found = await self._participations.find_one({"_id": participation_id})
        return Participation.model_validate(found) if found else None

    async def put_participation(self, participation: Participation) -> None:
        """Save it."""
        document = {"_id": participation.participation_id, **participation.model_dump(mode="json")}
        await self._participations.put(document)

    async def of_programme(self, programme_id: str) -> list[Participation]:
        """Everything that is known of a programme's schools, by URN."""
        found = self._participations.find({"programme_id": programme_id}, sort=[("urn", ASCENDING)])
        return [Participation.model_validate(document) async for document in found]

    async def put_entry(self, entry: SchoolEntry) -> bool:
        """Save an entry unless the same version or a newer one is there; whether it was saved."""
        known = await self._entries.find_one({"_id": entry.entry_id})
        if known is not None and known["version"] >= entry.version:
            return False
        document = {"_id": entry.entry_id, **entry.model_dump(mode="json")}
        await self._entries.put(document)
        return True

    async def counts(self, programme_id: str, school_ids: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """School -> form -> how many of its entries stand; schools without any are left out."""
        where = {"programme_id": programme_id, "school_id": {"$in": sorted(school_ids)}, "stands": True}
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        async for document in self._entries.find(where):
            found[document["school_id"]][document["form"]] += 1
        return {school: dict(forms) for school, forms in found.items()}
