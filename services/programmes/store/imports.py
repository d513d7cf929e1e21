"""Imports in MongoDB. Progress is compared and set, so that two replicas never count a row twice."""

import datetime as dt

from services.programmes.domain.imports import ImportJob, ProblemRow, Progress, Superseded, Taken
from shared.errors import Rejected
from shared.mongo import ASCENDING, DESCENDING, Database, Document, ReplaceOne

__all__ = ["MongoImports"]

_NOT_LISTED = {"rows": 0, "problems": 0, "changes": 0}
"""What of an import may be a thousand rows, and no list shows."""


class MongoImports:
    """Port `Imports`."""

    def __init__(self, database: Database) -> None:
        self._imports = database["imports"]
        self._rows = database["import_rows"]
        self._taken = database["import_taken"]

    async def add(self, job: ImportJob) -> None:
        """Save a request to import a file."""
        await self._imports.insert_one({"_id": job.import_id, "owner": "", "until": None, **_document(job)})

    async def get(self, import_id: str) -> ImportJob:
        """The import. Raises Rejected("unknown-import")."""
        found = await self._imports.find_one({"_id": import_id})
        if found is None:
            raise Rejected("unknown-import", f"There is no import '{import_id[:60]}'.")
        return ImportJob.model_validate(found)

    async def claim(self, owner: str, now: dt.datetime, until: dt.datetime) -> ImportJob | None:
        """Lease the oldest unfinished import that nobody works on, until then."""
        free = [{"until": None}, {"until": {"$lt": now}}, {"owner": owner}]
        found = await self._imports.find_one_and_update(
            {"state": "running", "$or": free},
            {"$set": {"owner": owner, "until": until}},
            sort=[("asked", ASCENDING), ("_id", ASCENDING)],
        )
        return ImportJob.model_validate(found) if found else None

    async def advance(self, job: ImportJob, progress: Progress, until: dt.datetime | None) -> ImportJob:
        """Save progress. Raises Superseded if another replica has got further meanwhile."""
        after = job.after(progress)
        where = {"_id": job.import_id, "line": job.line, "rows_done": job.rows_done, "state": job.state}
        if not await self._imports.update_one(where, {"$set": {**_document(after), "until": until}}):
            raise Superseded(job.import_id)
        rows = [
            {"_id": f"{job.import_id}:{row.line}", "import_id": job.import_id, **row.model_dump(mode="json")}
            for row in progress.problem_rows
        ]
        kept_from = dt.datetime.fromisoformat(job.asked) if job.asked else None
        await self._rows.bulk_write([ReplaceOne({"_id": d["_id"]}, {**d, "at": kept_from}, upsert=True) for d in rows])
        taken = [
            {"_id": f"{job.import_id}:{one.enrolment_id}", "import_id": job.import_id, **one.model_dump(mode="json")}
            for one in progress.taken
        ]
        await self._taken.bulk_write(
            [ReplaceOne({"_id": d["_id"]}, {**d, "at": kept_from}, upsert=True) for d in taken]
        )
        return after

    async def latest(self, limit: int) -> list[ImportJob]:
        """The imports that were asked for last, the latest first, without rows, problems and changes."""
        order = [("asked", DESCENDING), ("_id", DESCENDING)]
        found = self._imports.find({}, sort=order, limit=limit, projection=_NOT_LISTED)
        return [ImportJob.model_validate(document) async for document in found]

    async def taken(self, import_id: str) -> list[Taken]:
        """What the import has made or changed, by URN; kept for thirty days."""
        found = self._taken.find({"import_id": import_id}, sort=[("urn", ASCENDING)])
        return [Taken.model_validate(document) async for document in found]

    async def undo(self, import_id: str) -> None:
        """Note that the import was taken back. Raises Rejected("already-undone")."""
        if not await self._imports.update_one({"_id": import_id, "undone": {"$ne": True}}, {"$set": {"undone": True}}):
            raise Rejected("already-undone", "This import has been taken back already.")

    async def problem_rows(self, import_id: str, after_line: int, limit: int) -> tuple[int, list[ProblemRow]]:
        """How many rows of the import have something wrong in them, and a page of them by line."""
        where = {"import_id": import_id}
        found = self._rows.find({**where, "line": {"$gt": after_line}}, sort=[("line", ASCENDING)], limit=limit)
        return await self._rows.count(where), [ProblemRow.model_validate(document) async for document in found]


def _document(job: ImportJob) -> Document:
    return job.model_dump(mode="json")
