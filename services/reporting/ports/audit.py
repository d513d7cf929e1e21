"""The audit log, to which lines are added and never anything else."""

from typing import Protocol

from services.reporting.domain.audit import AuditLine

__all__ = ["Audit"]


class Audit(Protocol):
    """Lines by their number."""

    async def last(self) -> AuditLine | None:
        """Return the latest line."""
        ...

    async def append(self, line: AuditLine) -> None:
        """Add a line; raises DuplicateKey where its number is taken."""
        ...

    async def ever(self) -> int:
        """Return how many lines have ever been added; kept apart from them, so that taking the last ones out shows."""
        ...

    async def after(self, number: int, limit: int) -> list[AuditLine]:
        """Return the lines that follow a number, in order."""
        ...

    async def search(self, *, entry_id: str, person_id: str, limit: int, offset: int) -> tuple[int, list[AuditLine]]:
        """Return how many lines match, and a page of them, the latest first."""
        ...
