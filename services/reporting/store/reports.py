"""Reports, their editions and files, as documents and in GridFS."""

from typing import Any

from services.reporting.domain.records import Edition, ReportRecord
from services.reporting.store.records import Records
from shared.events.reporting import ReportKind
from shared.mongo import ASCENDING, DESCENDING, Database


class MongoReports:
    """The port `Reports` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._reports = Records(database["reports"], ReportRecord, "report_id")
        self._editions = Records(database["report_editions"], Edition, "report_id")

    async def prepare(self) -> None:
        """Create the indexes."""
        newest = ("changed_at", DESCENDING)
        await self._reports.collection.create_index([("cohort_id", ASCENDING), newest])
        await self._reports.collection.create_index([("school_id", ASCENDING), newest])

    async def get(self, report_id: str) -> ReportRecord | None:
        """A report."""
        return await self._reports.get(report_id)

    async def put(self, report: ReportRecord) -> None:
        """Keep it."""
        await self._reports.put(report)

    async def edition(self, report_id: str, number: int) -> Edition | None:
        """One edition."""
        return await self._editions.get(f"{report_id}:{number}")

    async def put_edition(self, edition: Edition) -> None:
        """Keep it."""
        await self._editions.put(edition, f"{edition.report_id}:{edition.edition}")

    async def search(
        self, *, cohort_id: str, school_id: str, kind: ReportKind | None, named: str, limit: int, offset: int
    ) -> tuple[int, list[ReportRecord]]:
        """How many reports match, and a page of them, newest first."""
        wanted = {"cohort_id": cohort_id, "school_id": school_id, "kind": kind}
        where: dict[str, Any] = {field: value for field, value in wanted.items() if value}
        if named:
            where["_id"] = {"$gte": named, "$lt": f"{named}\uffff"}
        order = [("changed_at", DESCENDING), ("_id", ASCENDING)]
        found = await self._reports.all(where, order, limit=limit, skip=offset)
        return await self._reports.collection.count(where), found
