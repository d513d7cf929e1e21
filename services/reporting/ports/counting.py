"""Sheets of answers that are only counted."""

from collections.abc import Sequence
from typing import Protocol

from services.reporting.domain.counting.links import SharedLink
from services.reporting.domain.counting.polls import PollRecord
from services.reporting.domain.counting.sheets import Sheet

__all__ = ["Polls", "SharedLinks", "Sheets"]


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


class SharedLinks(Protocol):
    """Links that anybody may answer."""

    async def get(self, token: str) -> SharedLink | None:
        """Return the link with this token."""
        ...

    async def of(self, programme_id: str, form: str = "", about_id: str = "") -> list[SharedLink]:
        """Return the links of a programme, of one form or about one thing; the latest of each first."""
        ...

    async def put(self, link: SharedLink) -> None:
        """Save it in place of an older one."""
        ...


class Polls(Protocol):
    """Polls that have closed."""

    async def get(self, poll_id: str) -> PollRecord | None:
        """Return a poll that has closed."""
        ...

    async def of_template(self, template: str) -> list[PollRecord]:
        """Return the polls of every programme with this template, the latest first."""
        ...

    async def put(self, record: PollRecord) -> None:
        """Save it in place of an older one."""
        ...
