"""Queries about imports."""

from services.programmes.ports.imports import Imports
from shared.commands.programmes import ImportReport, ImportStatus

__all__ = ["ImportQueries"]


class ImportQueries:
    """One method a query."""

    def __init__(self, imports: Imports) -> None:
        self._imports = imports

    async def status(self, query: ImportStatus) -> ImportReport:
        """How an import is doing."""
        return (await self._imports.get(query.import_id)).report()
