"""Queries about imports."""

from services.programmes.ports.imports import Imports
from shared.commands.imports import ImportRow, ImportRows, ListImports
from shared.commands.programmes import ImportReport, ImportStatus, ListProblemRows, ProblemRow, ProblemRows

__all__ = ["ImportQueries"]


class ImportQueries:
    """One method a query."""

    def __init__(self, imports: Imports) -> None:
        self._imports = imports

    async def status(self, query: ImportStatus) -> ImportReport:
        """How an import is doing."""
        return (await self._imports.get(query.import_id)).report()

    async def latest(self, query: ListImports) -> ImportRows:
        """The latest imports."""
        jobs = await self._imports.latest(query.limit)
        names = set(ImportRow.model_fields) - {"kind"}
        rows = (ImportRow(**one.model_dump(include=names), kind=one.kind or one.asked_kind) for one in jobs)
        return ImportRows(rows=tuple(rows))

    async def problem_rows(self, query: ListProblemRows) -> ProblemRows:
        """The rows with something wrong in them, as they stand in the file."""
        job = await self._imports.get(query.import_id)
        total, rows = await self._imports.problem_rows(query.import_id, query.after_line, query.limit)
        return ProblemRows(
            header=job.header,
            columns=job.names,
            total=total,
            rows=tuple(
                ProblemRow(
                    line=row.line,
                    row_is="in, without this value" if row.row_kept else "left out",
                    reasons=row.reasons,
                    cells=row.cells,
                )
                for row in rows
            ),
        )
