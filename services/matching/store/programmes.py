"""Programmes in MongoDB."""

from services.matching.domain.records import ProgrammeRecord
from shared.mongo import Database

__all__ = ["MongoProgrammes"]


class MongoProgrammes:
    """Port `Programmes`."""

    def __init__(self, database: Database) -> None:
        self._programmes = database["programmes"]

    async def programme(self, programme_id: str) -> ProgrammeRecord | None:
        """A programme."""
        found = await self._programmes.find_one({"_id": programme_id})
        return ProgrammeRecord.model_validate(found) if found else None

    async def put_programme(self, programme: ProgrammeRecord) -> None:
        """Save a programme."""
        document = {"_id": programme.programme_id, **programme.model_dump(mode="json")}
        await self._programmes.put(document)
