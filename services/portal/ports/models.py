"""The read models as the projection writes them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol


class Models(Protocol):
    """The read models as the projections write them; every call joins the unit of work."""

    async def put(self, collection: str, key: str, version: int, fields: Mapping[str, Any]) -> bool:
        """Keep a whole state unless a later one is kept; tell whether it was newer."""
        ...

    async def mark(self, collection: str, key: str, fields: Mapping[str, Any]) -> None:
        """Set some fields of what is kept."""
        ...

    async def add(self, collection: str, key: str, field: str, value: str) -> None:
        """Add a value to a set of what is kept."""
        ...

    async def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """Return what is kept under a key."""
        ...

    async def sent(self, purpose: str, target_id: str, person_id: str) -> None:
        """Note that a person has sent in a form."""
        ...

    async def findings_sent(self, cohort_id: str, school_id: str) -> None:
        """Note that a school's findings are in."""
        ...

    async def revoke(self, person_id: str, target_id: str = "") -> int:
        """Stop a person's links, all or those about one target; return how many."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop what is kept of a person; their links open nothing any more."""
        ...

    async def erase(self, person_id: str) -> None:
        """Drop every trace of a person."""
        ...

    async def open_link(self, link_id: str, now: dt.datetime) -> bool:
        """Note the first use of a link; tell whether this was it."""
        ...
