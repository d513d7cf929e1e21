"""Where somebody who was erased leaves no trace."""

from typing import Protocol

__all__ = ["Erasure"]


class Erasure(Protocol):
    """All records of this service at once."""

    async def forget(self, person_id: str) -> None:
        """Delete what only the person owed or answered, and take them out of what belongs to others, too."""
        ...
