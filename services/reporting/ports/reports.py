"""Reports, their editions and their files."""

from typing import Protocol

from services.reporting.domain.records import Edition, ReportRecord
from shared.events.reporting import ReportKind


class Reports(Protocol):
    """Reports and their editions."""

    async def get(self, report_id: str) -> ReportRecord | None:
        """A report."""
        ...

    async def put(self, report: ReportRecord) -> None:
        """Keep it."""
        ...

    async def edition(self, report_id: str, number: int) -> Edition | None:
        """One edition."""
        ...

    async def put_edition(self, edition: Edition) -> None:
        """Keep it."""
        ...

    async def search(
        self, *, cohort_id: str, school_id: str, kind: ReportKind | None, named: str, limit: int, offset: int
    ) -> tuple[int, list[ReportRecord]]:
        """How many reports match, and a page of them, newest first."""
        ...


class Files(Protocol):
    """Files of reports, kept by what they contain."""

    async def put(self, key: str, content: bytes) -> None:
        """Keep a file."""
        ...

    async def get(self, key: str) -> bytes:
        """A file's content. Raises KeyError."""
        ...
