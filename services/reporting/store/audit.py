"""The audit log, as documents under their numbers."""

import re
from typing import Any

from services.reporting.domain.audit import AuditLine
from services.reporting.ports.audit import READ, Wanted
from services.reporting.store.records import Records
from shared.mongo import ASCENDING, DESCENDING, Database


class MongoAudit:
    """The port `Audit` on MongoDB. Nothing here changes or deletes."""

    def __init__(self, database: Database) -> None:
        self._lines = Records(database["audit"], AuditLine, "number")
        self._ever = database["audit_ever"]

    async def last(self) -> AuditLine | None:
        """Return the latest line."""
        found = await self._lines.all({}, [("_id", DESCENDING)], limit=1)
        return found[0] if found else None

    async def append(self, line: AuditLine) -> None:
        """Add a line; raises DuplicateKey where its number is taken."""
        await self._lines.collection.insert_one({"_id": line.number, **line.model_dump(mode="json")})
        await self._ever.update_one({"_id": "lines"}, {"$max": {"number": line.number}}, upsert=True)

    async def ever(self) -> int:
        """Return how many lines have ever been added."""
        found = await self._ever.find_one({"_id": "lines"})
        return int(found["number"]) if found else 0

    async def after(self, number: int, limit: int) -> list[AuditLine]:
        """Return the lines that follow a number, in order."""
        return await self._lines.all({"_id": {"$gt": number}}, [("_id", ASCENDING)], limit=limit)

    async def search(self, wanted: Wanted, *, limit: int, offset: int) -> tuple[int, list[AuditLine]]:
        """Return how many lines match, and a page of them, the latest first."""
        given = (("entry_id", wanted.entry_id), ("person_id", wanted.person_id))
        where: dict[str, Any] = {field: value for field, value in given if value}
        if wanted.concerning:
            where.setdefault("person_id", {"$in": sorted(wanted.concerning)})
        if wanted.kind:
            where["act"] = "" if wanted.kind == READ else {"$regex": f"^{re.escape(wanted.kind)}(:|$)"}
        found = await self._lines.all(where, [("_id", DESCENDING)], limit=limit, skip=offset)
        return await self._lines.collection.count(where), found
