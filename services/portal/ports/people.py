"""People's names, and nothing else of them."""

from collections.abc import Iterable
from typing import Protocol

__all__ = ["People"]


class People(Protocol):
    """People whose contact card has come."""

    async def names(self, person_ids: Iterable[str]) -> dict[str, str]:
        """Return the names of those who are known."""
        ...
