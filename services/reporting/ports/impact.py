"""Survey answers, and the blocks in which they were released."""

from collections.abc import Sequence
from typing import Protocol

from services.reporting.domain.impact import Answer, Block

__all__ = ["Releases"]


class Releases(Protocol):
    """Survey answers released in blocks."""

    async def waiting(self, cohort_id: str) -> list[Answer]:
        """Return the answers not yet released, without the people."""
        ...

    async def blocks(self, cohort_id: str, release: int | None = None) -> list[Block]:
        """Return all blocks of a cohort, or those up to a release."""
        ...

    async def last(self, cohort_id: str) -> int:
        """Return the number of the last release, 0 before the first."""
        ...

    async def put(self, cohort_id: str, release: int, blocks: Sequence[Block]) -> None:
        """Save a release with its new blocks, and note with each answer its block."""
        ...
