"""Sheets of answers that are only counted, as documents."""

from collections.abc import Sequence
from typing import Any

from services.reporting.domain.counting.links import SharedLink
from services.reporting.domain.counting.polls import PollRecord
from services.reporting.domain.counting.sheets import Sheet
from services.reporting.store.records import Records
from shared.mongo import ASCENDING, DESCENDING, Database

_LATEST = [("form", ASCENDING), ("about_id", ASCENDING), ("number", DESCENDING)]
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


class MongoSharedLinks:
    """The port `SharedLinks` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._links = Records(database["shared_links"], SharedLink, "token")

    async def get(self, token: str) -> SharedLink | None:
        """Return the link with this token."""
        return await self._links.get(token)

    async def of(self, programme_id: str, form: str = "", about_id: str = "") -> list[SharedLink]:
        """Return the links of a programme, of one form or about one thing; the latest of each first."""
        where = {"programme_id": programme_id, "form": form, "about_id": about_id}
        return await self._links.all({key: value for key, value in where.items() if value}, _LATEST)

    async def put(self, link: SharedLink) -> None:
        """Save it in place of an older one."""
        await self._links.put(link)


class MongoPolls:
    """The port `Polls` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._polls = Records(database["polls"], PollRecord, "poll_id")

    async def get(self, poll_id: str) -> PollRecord | None:
        """Return a poll that has closed."""
        return await self._polls.get(poll_id)

    async def of_template(self, template: str) -> list[PollRecord]:
        """Return the polls of every programme with this template, the latest first."""
        return await self._polls.all({"template": template}, [("closed_on", DESCENDING), ("_id", ASCENDING)])

    async def put(self, record: PollRecord) -> None:
        """Save it in place of an older one."""
        await self._polls.put(record)
