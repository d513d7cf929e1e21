"""Imports: what was asked, how far each is, and what they need to be carried out."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from services.programmes.domain.imports import ImportJob, ProblemRow, Progress
from shared.bus import UnitOfWork

__all__ = ["Imports", "Transact", "Uploads"]

T = TypeVar("T")


class Imports(Protocol):
    """Imports: what was asked, how far it is."""

    async def add(self, job: ImportJob) -> None:
        """Note an import to carry out."""
        ...

    async def get(self, import_id: str) -> ImportJob:
        """The import. Raises Rejected("unknown-import")."""
        ...

    async def claim(self, owner: str, now: dt.datetime, until: dt.datetime) -> ImportJob | None:
        """The oldest unfinished import that nobody works on, now ours until then."""
        ...

    async def advance(self, job: ImportJob, progress: Progress, until: dt.datetime | None) -> ImportJob:
        """Note progress. Raises Superseded if somebody else got further with it meanwhile."""
        ...

    async def problem_rows(self, import_id: str, after_line: int, limit: int) -> tuple[int, list[ProblemRow]]:
        """How many rows of the import have something wrong in them, and a page of them by line."""
        ...


class Transact(Protocol):
    """Runs work in a transaction with its outbox; the work may run again and has no outside effect."""

    async def __call__(self, work: Callable[[UnitOfWork], Awaitable[T]], actor: str = "") -> T:
        """Return what `work` returned, once it is committed."""
        ...


class Uploads(Protocol):
    """Files people sent along with a command."""

    async def get(self, key: str) -> bytes:
        """The file's content. Raises Permanent if it is not there any more."""
        ...
