"""Reports, their editions and their files."""

from collections.abc import Collection
from typing import Protocol

from services.reporting.domain.records import Edition, ReportRecord

__all__ = ["Files", "Reports"]


class Reports(Protocol):
    """Reports and their editions."""

    async def get(self, report_id: str) -> ReportRecord | None:
        """Return a report."""
        ...

    async def put(self, report: ReportRecord) -> None:
        """Save it in place of an older one."""
        ...

    async def edition(self, report_id: str, number: int) -> Edition | None:
        """Return one edition."""
        ...

    async def put_edition(self, edition: Edition) -> None:
        """Save it."""
        ...

    async def published(self) -> list[ReportRecord]:
        """Return the reports of which everybody may read an edition, by title."""
        ...

    async def search(
        self,
        *,
        programme_id: str = "",
        cohort_id: str = "",
        school_id: str = "",
        kind: str = "",
        named: str = "",
        state: str | None = None,
        concerning: Collection[str] = (),
        earlier: bool = False,
        limit: int,
        offset: int,
    ) -> tuple[int, list[ReportRecord]]:
        """Return how many reports match, and a page of them, newest first.

        `earlier`: only those of templates of release 0.1.0.
        """
        ...


class Files(Protocol):
    """Files of reports, kept by what they contain."""

    async def put(self, key: str, content: bytes) -> None:
        """Save a file."""
        ...

    async def get(self, key: str) -> bytes:
        """Return a file's content; raises KeyError."""
        ...
