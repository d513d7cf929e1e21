"""Read models as the projection writes them."""

from collections.abc import Mapping
from typing import Any, Protocol

__all__ = ["Erasure", "Models"]


class Models(Protocol):
    """Collections of states; every call joins the unit of work."""

    async def put(self, collection: str, key: str, version: int, fields: Mapping[str, Any]) -> None:
        """Save a state unless a later one, or this, is kept; fields it does not name stay. Its version is above 0."""
        ...

    async def mark(self, collection: str, key: str, fields: Mapping[str, Any]) -> None:
        """Set some fields of what is kept; what is not there stays away."""
        ...

    async def add(self, collection: str, key: str, field: str, value: str) -> None:
        """Add a value to a set of what is kept."""
        ...

    async def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """Return what is kept under a key, which is its `_id`."""
        ...


class Erasure(Protocol):
    """All collections at once."""

    async def forget(self, person_id: str) -> None:
        """Drop a person's name, sessions, tokens and authenticator; their links open nothing any more."""
        ...

    async def erase(self, person_id: str) -> None:
        """Drop what is kept of a person. Dates with others keep the id, of which nobody knows any more whose it is."""
        ...
