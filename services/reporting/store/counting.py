"""Sheets of answers that are only counted, as documents."""

from collections.abc import Sequence
from typing import Any

from services.reporting.domain.counting.sheets import Sheet
from services.reporting.store.records import Records
from shared.mongo import ASCENDING, Database

_FIRST = [("begun", ASCENDING), ("_id", ASCENDING)]


class MongoSheets:
    """The port `Sheets` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._sheets = Records(database["count_sheets"], Sheet, "sheet_id")

    async def get(self, sheet_id: str) -> Sheet | None:
        """Return a sheet."""
        return await self._sheets.get(sheet_id)

    async def of_form(self, programme_id: str, form: str, about_ids: Sequence[str] | None = None) -> list[Sheet]:
        """Return the sheets of a form about these things, or about all; the first begun first."""
        where: dict[str, Any] = {"programme_id": programme_id, "form": form}
        if about_ids is not None:
            where["about_id"] = {"$in": list(about_ids)}
        return await self._sheets.all(where, _FIRST)

    async def put(self, sheet: Sheet) -> None:
        """Save it in place of an older one."""
        await self._sheets.put(sheet)
