"""What coordinators keep together or apart."""

from typing import Protocol

from services.matching.domain.pin_records import PinsRecord

__all__ = ["Pinned"]


class Pinned(Protocol):
    """The pins of each programme."""

    async def pins(self, programme_id: str) -> PinsRecord:
        """The pins of a programme; none, where nothing has been pinned."""
        ...

    async def put_pins(self, pins: PinsRecord) -> None:
        """Save them."""
        ...
