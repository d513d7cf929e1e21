"""What is kept of drafts."""

from collections.abc import Sequence
from typing import Protocol

from services.matching.domain.records import OptionRecord

__all__ = ["Drafts"]


class Drafts(Protocol):
    """What is kept of drafts while they are worked out or chosen among."""

    async def progress(self, cohort_id: str, revision: int) -> float | None:
        """How far a draft has got."""
        ...

    async def put_progress(self, cohort_id: str, revision: int, share: float) -> None:
        """Save how far."""
        ...

    async def option(self, cohort_id: str, number: int) -> OptionRecord | None:
        """A point of the curve with its draft."""
        ...

    async def put_options(self, cohort_id: str, options: Sequence[OptionRecord]) -> None:
        """Put these in place of the cohort's options."""
        ...
