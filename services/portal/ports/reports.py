"""Compiled reports."""

from typing import Protocol

from services.portal.domain.records import Report

__all__ = ["Reports"]


class Reports(Protocol):
    """Reports, of which the files stay with reporting."""

    async def get(self, report_id: str) -> Report | None:
        """Return a report."""
        ...
