"""The SMTP relay that takes mails."""

from typing import Protocol

from services.notifications.domain.delivery import Attempt


class Relay(Protocol):
    """One connection to the relay. It is opened again whenever that is needed."""

    async def open(self) -> Attempt | None:
        """Make sure that there is a usable connection. Return None, or how the one attempt to connect failed."""
        ...

    async def hand_over(self, sender: str, recipient: str, mime: bytes) -> Attempt:
        """Try to hand over one mail, and return how that ended. A reused connection that is dead is renewed once."""
        ...

    async def close(self) -> None:
        """End the connection, if there is one."""
        ...
