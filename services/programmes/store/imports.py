"""Imports in MongoDB. Progress is compared and set, so that two replicas never count a row twice."""

import datetime as dt

from services.programmes.domain.imports import ImportJob, ProblemRow, Progress, Superseded
from shared.errors import Rejected
from shared.mongo import ASCENDING, Database, Document, ReplaceOne

__all__ = ["MongoImports"]


class MongoImports:
    """Port `Imports`."""

    def __init__(self, database: Database) -> None:
        self._imports = database["imports"]
        self._rows = database["import_rows"]

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
        return after

    async def problem_rows(self, import_id: str, after_line: int, limit: int) -> tuple[int, list[ProblemRow]]:
        """How many rows of the import have something wrong in them, and a page of them by line."""
        where = {"import_id": import_id}
        found = self._rows.find({**where, "line": {"$gt": after_line}}, sort=[("line", ASCENDING)], limit=limit)
        return await self._rows.count(where), [ProblemRow.model_validate(document) async for document in found]


def _document(job: ImportJob) -> Document:
    return job.model_dump(mode="json")
