"""Links that mails carry."""

import datetime as dt
from typing import Protocol

from services.portal.domain.links import Link

__all__ = ["LinkChanges", "Links"]


class Links(Protocol):
    """Links as pages look them up."""

    async def get(self, link_id: str) -> Link | None:
        """Return a link."""
        ...

    async def of_person(self, person_id: str) -> list[Link]:
        """Return the links that a person was mailed, in no order."""
        ...


class LinkChanges(Links, Protocol):
    """Links as commands change them; every call joins the unit of work."""

    async def revoke(self, person_id: str, target_id: str = "") -> int:
        """Stop a person's links, all or those about one target; return how many."""
        ...

    async def open(self, link_id: str, now: dt.datetime) -> bool:
        """Note the first use of a link; return whether this was it."""
        ...
