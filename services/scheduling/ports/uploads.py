"""Files that people send along with a command."""

from typing import Protocol

__all__ = ["Uploads"]


class Uploads(Protocol):
    """Files that people sent along with a command."""

    async def get(self, key: str) -> bytes:
        """The file's content. Raises Permanent if it is not there any more."""
        ...
