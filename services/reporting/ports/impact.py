"""Survey answers, and the blocks in which they were released."""

from collections.abc import Sequence
from typing import Protocol

from services.reporting.domain.impact import Answer, Block


class Impact(Protocol):
    """Survey answers told in blocks."""

    async def waiting(self, cohort_id: str) -> list[Answer]:
        """Answers not yet told, without the people."""
        ...

    async def blocks(self, cohort_id: str, release: int | None = None) -> list[Block]:
        """All blocks of a cohort, or those told up to a release."""
        ...

    async def release(self, cohort_id: str) -> int:
        """Number of the last release, 0 before the first."""
        ...

    async def put_release(self, cohort_id: str, release: int, blocks: Sequence[Block]) -> None:
        """Keep a release with its new blocks, and note with each answer in which it was told."""
        ...
