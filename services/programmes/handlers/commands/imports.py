"""The commands that have a file checked and imported."""

from collections.abc import Callable

from services.programmes.domain.imports import ImportJob
from services.programmes.ports.imports import Imports
from shared.bus import UnitOfWork
from shared.commands.imports import MOST_CORRECTED, GoOnWithImport
from shared.commands.programmes import ImportFile, ImportStarted
from shared.errors import Rejected

__all__ = ["ImportCommands"]


class ImportCommands:
    """One method a command. `wake` tells the runner that there is something to do."""

    def __init__(self, imports: Imports, wake: Callable[[], None], new_id: Callable[[str], str]) -> None:
        self._imports = imports
        self._wake = wake
        self._new_id = new_id

    async def start(self, command: ImportFile, work: UnitOfWork) -> ImportStarted:
        """Save the request; the import starts once this is committed."""
        job = ImportJob(
            import_id=self._new_id("imp"),
            asked_kind=command.kind,
            upload=command.upload,
            filename=command.filename,
            programme_id=command.programme_id,
            accept_unread=command.accept_unread,
            check=command.check,
            actor=work.actor,
            asked=work.now.isoformat(),
        )
        if job.check and job.programme_id is None:
            raise Rejected(
                "no-check", "Only files of a programme can be checked first; this one goes in as it is read."
            )
        return await self._begun(job)

    async def go_on(self, command: GoOnWithImport, work: UnitOfWork) -> ImportStarted:
        """Read the file of a check anew, with what was put right."""
        before = await self._imports.get(command.import_id)
        if not before.check or before.state == "running":
            raise Rejected("not-checked", "This import is no check that has ended. Import the file anew.")
        rows = {row.line: row for row in (*before.rows, *command.rows)}
        if len(rows) > MOST_CORRECTED:
            raise Rejected("too-many-rows", "So many rows are easier put right in the file. Import it anew then.")
        job = ImportJob(
            **before.model_dump(include={"asked_kind", "upload", "filename", "programme_id"}),
            import_id=self._new_id("imp"),
            accept_unread=command.accept_unread or before.accept_unread,
            check=command.check,
            follows=before.import_id,
            rows=tuple(row for _, row in sorted(rows.items())),
            actor=work.actor,
            asked=work.now.isoformat(),
        )
        return await self._begun(job)

    async def _begun(self, job: ImportJob) -> ImportStarted:
        await self._imports.add(job)
        self._wake()
        return ImportStarted(import_id=job.import_id)
