"""Sheets of answers that are only counted."""

from collections.abc import Sequence
from typing import Protocol

from services.reporting.domain.counting.sheets import Sheet

__all__ = ["Sheets"]


class Sheets(Protocol):
    """Sums of answers. There is nothing about who gave them."""

    async def get(self, sheet_id: str) -> Sheet | None:
        """Return a sheet."""
        ...

    async def of_form(self, programme_id: str, form: str, about_ids: Sequence[str] | None = None) -> list[Sheet]:
        """Return the sheets of a form about these things, or about all; the first begun first."""
        ...

    async def put(self, sheet: Sheet) -> None:
        """Save it in place of an older one."""
        ...
