"""Where somebody who was erased leaves no trace."""

from typing import Protocol

__all__ = ["Erasure"]


class Erasure(Protocol):
    """All records of this service at once."""

    async def forget(self, person_id: str) -> None:
        """Delete the person's own notes, and cut the tie to what belongs to a school or is counted."""
        ...
