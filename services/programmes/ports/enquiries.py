"""Enquiries of people outside, and of which programmes the brochure is published."""

import datetime as dt
from typing import Protocol

from services.programmes.domain.enquiries import Enquiry, PublishedBrochure

__all__ = ["Enquiries"]


class Enquiries(Protocol):
    """Enquiries by id."""

    async def one(self, enquiry_id: str) -> Enquiry | None:
        """An enquiry, by its id or the beginning of it; None where there is none, or several begin so."""
        ...

    async def put(self, enquiry: Enquiry) -> None:
        """Save it."""
        ...

    async def erase(self, enquiry_id: str) -> None:
        """Delete it."""
        ...

    async def from_address(self, email: str) -> list[Enquiry]:
        """Every enquiry from an address, whatever case it is written in; the oldest first."""
        ...

    async def since(self, programme_id: str, since: dt.datetime) -> int:
        """How many enquiries a programme got since then."""
        ...

    async def listed(
        self, programme_id: str, state: str, search: str = "", *, limit: int, offset: int
    ) -> list[Enquiry]:
        """Enquiries, those that wait first, of each the newest first; blank: of any programme, in any state."""
        ...

    async def counted(self, programme_id: str, state: str, search: str = "") -> int:
        """How many such enquiries there are."""
        ...

    async def brochure(self, programme_id: str) -> PublishedBrochure | None:
        """What is known of a programme's brochure."""
        ...

    async def put_brochure(self, brochure: PublishedBrochure) -> None:
        """Save it."""
        ...
