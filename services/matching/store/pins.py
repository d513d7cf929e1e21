"""Pins in MongoDB."""

from services.matching.domain.pin_records import PinsRecord
from shared.mongo import Database

__all__ = ["MongoPins"]


class MongoPins:
    """Port `Pinned`."""

    def __init__(self, database: Database) -> None:
        self._pins = database["pins"]

    async def pins(self, programme_id: str) -> PinsRecord:
        """The pins of a programme."""
        found = await self._pins.find_one({"_id": programme_id})
        return PinsRecord.model_validate(found) if found else PinsRecord(programme_id=programme_id)

    async def put_pins(self, pins: PinsRecord) -> None:
        """Save them."""
        document = {"_id": pins.programme_id, **pins.model_dump(mode="json")}
        await self._pins.put(document)
