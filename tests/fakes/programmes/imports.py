"""Imports in memory, with who works on each until when."""

from services.programmes.domain.imports import ImportJob, ProblemRow, Superseded, Taken
from shared.errors import Rejected


class MemoryImports:
    def __init__(self) -> None:
        self.kept: dict[str, ImportJob] = {}
        self.leases: dict[str, tuple[str, object]] = {}
        self.rows: dict[tuple[str, int], ProblemRow] = {}
        self.took: dict[tuple[str, int], Taken] = {}

    async def add(self, job):
        assert job.import_id not in self.kept
        self.kept[job.import_id] = job
        self.leases[job.import_id] = ("", None)

    async def get(self, import_id):
        if import_id not in self.kept:
            raise Rejected("unknown-import", f"There is no import '{import_id[:60]}'.")
        return self.kept[import_id]

    async def claim(self, owner, now, until):
        for job in sorted(self.kept.values(), key=lambda one: (one.asked, one.import_id)):
            holder, held_until = self.leases[job.import_id]
            if job.state == "running" and (held_until is None or held_until < now or holder == owner):
                self.leases[job.import_id] = (owner, until)
                return job
        return None

    async def advance(self, job, progress, until):
        there = self.kept.get(job.import_id)
        if there is None or (there.line, there.rows_done, there.state) != (job.line, job.rows_done, job.state):
            raise Superseded(job.import_id)
        after = self.kept[job.import_id] = job.after(progress)
        self.leases[job.import_id] = (self.leases[job.import_id][0], until)
        self.rows |= {(job.import_id, row.line): row for row in progress.problem_rows}
        self.took |= {(job.import_id, one.urn): one for one in progress.taken}
        return after

    async def latest(self, limit):
        found = sorted(self.kept.values(), key=lambda one: (one.asked, one.import_id), reverse=True)[:limit]
        return [one.model_copy(update={"rows": (), "problems": (), "changes": ()}) for one in found]

    async def taken(self, import_id):
        return [one for (owner, _), one in sorted(self.took.items()) if owner == import_id]

    async def undo(self, import_id):
        if self.kept[import_id].undone:
            raise Rejected("already-undone", "This import has been taken back already.")
        self.kept[import_id] = self.kept[import_id].model_copy(update={"undone": True})

    async def problem_rows(self, import_id, after_line, limit):
        found = [row for (owner, _), row in sorted(self.rows.items()) if owner == import_id]
        return len(found), [row for row in found if row.line > after_line][:limit]
