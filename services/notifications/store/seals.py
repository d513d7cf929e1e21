"""The key of seals. It is backed up with the rest, so that seals stay good after a restore."""

import secrets

from shared.mongo import Database

_KEY_BYTES = 32


class MongoSealKey:
    """Behind ``ports.SealKey``."""

    def __init__(self, database: Database) -> None:
        self._secrets = database["secrets"]
        self._key: bytes | None = None

    async def get(self) -> bytes:
        """Return the key, 32 random bytes; make it where there is none."""
        if self._key is None:
            made = {"$setOnInsert": {"key": secrets.token_bytes(_KEY_BYTES)}}
            await self._secrets.update_one({"_id": "seals"}, made, upsert=True)
            found = await self._secrets.find_one({"_id": "seals"})
            if found is None:
                raise LookupError("the key of seals was saved and is not there")
            self._key = bytes(found["key"])
        return self._key
