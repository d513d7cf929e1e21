"""Reports and their editions, as documents."""

from collections.abc import Collection
from typing import Any

from services.reporting.domain.records import Edition, ReportRecord
from services.reporting.store.records import Records
from shared.mongo import ASCENDING, DESCENDING, Database


class MongoReports:
    """The port `Reports` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._reports = Records(database["reports"], ReportRecord, "report_id")
        self._editions = Records(database["report_editions"], Edition, "report_id")

    async def get(self, report_id: str) -> ReportRecord | None:
        """Return a report."""
        return await self._reports.get(report_id)

    async def put(self, report: ReportRecord) -> None:
        """Save it."""
        await self._reports.put(report)

    async def edition(self, report_id: str, number: int) -> Edition | None:
        """Return one edition."""
        return await self._editions.get(f"{report_id}:{number}")

    async def put_edition(self, edition: Edition) -> None:
        """Save it."""
        await self._editions.put(edition, f"{edition.report_id}:{edition.edition}")

    async def published(self) -> list[ReportRecord]:
        """Return the reports of which everybody may read an edition, by title."""
        return await self._reports.all({"published": {"$gt": 0}}, [("title", ASCENDING), ("_id", ASCENDING)])

    async def search(
        self,
        *,
        programme_id: str = "",
        cohort_id: str = "",
        school_id: str = "",
        kind: str = "",
        named: str = "",
        state: str | None = None,
        concerning: Collection[str] = (),
        earlier: bool = False,
        limit: int,
        offset: int,
    ) -> tuple[int, list[ReportRecord]]:
        """Return how many reports match, and a page of them, newest first."""
        wanted = {"programme_id": programme_id, "cohort_id": cohort_id, "school_id": school_id, "kind": kind}
        where: dict[str, Any] = {field: value for field, value in wanted.items() if value}
        if state:
            where["state"] = state
        if concerning:
            any_of = {"$in": sorted(concerning)}
            where["$or"] = [{"school_id": any_of}, {"about_id": any_of}]
        if earlier:
            where["about"] = {"$in": [None, ""]}
        if named:
            where["_id"] = {"$gte": named, "$lt": f"{named}\uffff"}
        order = [("changed_at", DESCENDING), ("_id", ASCENDING)]
        found = await self._reports.all(where, order, limit=limit, skip=offset)
        return await self._reports.collection.count(where), found
