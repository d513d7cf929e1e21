"""The SMTP relay that takes mails."""

from typing import Protocol

from services.notifications.domain.delivery import Attempt


class Relay(Protocol):
    """One connection to the relay, opened again whenever it has to be."""

    async def open(self) -> Attempt | None:
        """Make sure that a usable connection stands. None, or how the one try to make it ended."""
        ...

    async def hand_over(self, sender: str, recipient: str, mime: bytes) -> Attempt:
        """Try to hand over one mail; every ending is an Attempt. A reused connection found dead is renewed once."""
        ...

    async def close(self) -> None:
        """Say goodbye."""
        ...
