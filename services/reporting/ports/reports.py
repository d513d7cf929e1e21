"""Reports, their editions and their files."""

from typing import Protocol

from services.reporting.domain.records import Edition, ReportRecord
from shared.events.reporting import ReportKind

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

    async def search(
        self, *, cohort_id: str, school_id: str, kind: ReportKind | None, named: str, limit: int, offset: int
    ) -> tuple[int, list[ReportRecord]]:
        """Return how many reports match, and a page of them, newest first."""
        ...


class Files(Protocol):
    """Files of reports, kept by what they contain."""

    async def put(self, key: str, content: bytes) -> None:
        """Save a file."""
        ...

    async def get(self, key: str) -> bytes:
        """Return a file's content; raises KeyError."""
        ...
