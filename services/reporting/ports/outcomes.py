"""What inspections said of schools."""

from typing import Protocol

from shared.commands.outcomes import Outcomes

__all__ = ["Inspections"]


class Inspections(Protocol):
    """The inspections of a programme's schools, counted."""

    async def of_programme(self, programme_id: str) -> Outcomes:
        """How they were judged. Raises Retryable."""
        ...
