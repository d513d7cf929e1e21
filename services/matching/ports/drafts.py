"""What is kept of drafts while they are worked out or chosen among."""

from collections.abc import Sequence
from typing import Protocol

from services.matching.domain.records import OptionRecord

__all__ = ["Options", "Progress"]


class Progress(Protocol):
    """How far drafts have got."""

    async def progress(self, cohort_id: str, revision: int) -> float | None:
        """The share of a draft that is done, 0..1; None while nothing is known of this revision."""
        ...

    async def put_progress(self, cohort_id: str, revision: int, share: float) -> None:
        """Save it."""
        ...


class Options(Protocol):
    """The points of a cohort's curve, each with its draft."""

    async def option(self, cohort_id: str, number: int) -> OptionRecord | None:
        """The point with this number, counted from 1."""
        ...

    async def put_options(self, cohort_id: str, options: Sequence[OptionRecord]) -> None:
        """Put these in place of the cohort's options."""
        ...
