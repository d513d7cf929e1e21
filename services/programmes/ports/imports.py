"""Imports: requests and progress, transactions to carry them out in, and the uploaded files."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from services.programmes.domain.imports import ImportJob, ProblemRow, Progress, Taken
from shared.bus import UnitOfWork

__all__ = ["Imports", "SentMails", "Transact", "Uploads"]

T = TypeVar("T")


class Imports(Protocol):
    """Requests to import a file, each with its progress."""

    async def add(self, job: ImportJob) -> None:
        """Save a request to import a file."""
        ...

    async def get(self, import_id: str) -> ImportJob:
        """The import. Raises Rejected("unknown-import")."""
        ...

    async def claim(self, owner: str, now: dt.datetime, until: dt.datetime) -> ImportJob | None:
        """Lease the oldest unfinished import that nobody works on, until then."""
        ...

    async def advance(self, job: ImportJob, progress: Progress, until: dt.datetime | None) -> ImportJob:
        """Save progress. Raises Superseded if another replica has got further meanwhile."""
        ...

    async def problem_rows(self, import_id: str, after_line: int, limit: int) -> tuple[int, list[ProblemRow]]:
        """How many rows of the import have something wrong in them, and a page of them by line."""
        ...

    async def latest(self, limit: int) -> list[ImportJob]:
        """The imports that were asked for last, the latest first, without rows, problems and changes."""
        ...

    async def taken(self, import_id: str) -> list[Taken]:
        """What the import has made or changed, by URN; kept for thirty days."""
        ...

    async def undo(self, import_id: str) -> None:
        """Note that the import was taken back. Raises Rejected("already-undone")."""
        ...


class SentMails(Protocol):
    """What has gone out, from the service that sends. Raises Retryable when it does not answer."""

    async def since(self, programme_id: str, person_ids: frozenset[str], when: dt.datetime) -> int:
        """How many mails of the programme these people have been sent since then, or are about to get."""
        ...


class Transact(Protocol):
    """Runs work in a transaction with its outbox. The work may run again, so it has no outside effect."""

    async def __call__(self, work: Callable[[UnitOfWork], Awaitable[T]], actor: str = "") -> T:
        """Return what `work` returned, once it is committed."""
        ...


class Uploads(Protocol):
    """Files people sent along with a command."""

    async def get(self, key: str) -> bytes:
        """The file's content. Raises Permanent if it is not there any more."""
        ...
