"""Templates that coordinators wrote, in MongoDB."""

from services.programmes.domain.templates.kept import KeptTemplate, SentTemplate, unknown_check
from shared.mongo import ASCENDING, Database

__all__ = ["MongoTemplates"]


class MongoTemplates:
    """Port `KeptTemplates`."""

    def __init__(self, database: Database) -> None:
        self._kept = database["templates"]
        self._sent = database["templates_sent"]

    async def send(self, sent: SentTemplate) -> None:
        """Keep a template that is to be checked; for a day."""
        await self._sent.insert_one({"_id": sent.check_id, **sent.model_dump()})

    async def sent(self, check_id: str) -> SentTemplate:
        """What was sent in. Raises Rejected("unknown-check")."""
        found = await self._sent.find_one({"_id": check_id})
        if found is None:
            raise unknown_check()
        return SentTemplate.model_validate(found)

    async def put(self, kept: KeptTemplate) -> None:
        """Keep a template in place of its version before."""
        await self._kept.put({"_id": kept.key, **kept.model_dump()})

    async def drop(self, key: str) -> None:
        """Keep it no longer."""
        await self._kept.delete_one({"_id": key})

    async def kept(self) -> list[KeptTemplate]:
        """Every template that was taken over, by key."""
        found = self._kept.find({}, sort=[("_id", ASCENDING)])
        return [KeptTemplate.model_validate(document) async for document in found]
