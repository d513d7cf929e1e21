"""The audit log, to which lines are added and never anything else."""

from dataclasses import dataclass
from typing import Protocol

from services.reporting.domain.audit import AuditLine

__all__ = ["READ", "Audit", "Wanted"]

READ = "read"
"""The kind of a line that says who read what."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which lines somebody wants to see; all that is given must fit. `concerning`: of one of these people."""

    entry_id: str = ""
    person_id: str = ""
    concerning: tuple[str, ...] = ()
    kind: str = ""


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

    async def search(self, wanted: Wanted, *, limit: int, offset: int) -> tuple[int, list[AuditLine]]:
        """Return how many lines match, and a page of them, the latest first."""
        ...
