"""The command that has a file imported."""

from collections.abc import Callable

from services.programmes.domain.imports import ImportJob
from services.programmes.ports.imports import Imports
from shared.bus import UnitOfWork
from shared.commands.programmes import ImportFile, ImportStarted

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
            actor=work.actor,
            asked=work.now.isoformat(),
        )
        await self._imports.add(job)
        self._wake()
        return ImportStarted(import_id=job.import_id)
