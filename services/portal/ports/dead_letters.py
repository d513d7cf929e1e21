"""Messages that a service could not handle."""

from collections.abc import Sequence
from typing import Protocol

from services.portal.domain.stuck import Letter


class DeadLetters(Protocol):
    """Those that wait for somebody. Each method raises Retryable where the bus does not answer."""

    async def waiting(self, most: int) -> Sequence[Letter]:
        """Return them, the oldest first."""
        ...

    async def again(self, number: int) -> None:
        """Give one back to the service that could not handle it; raises Rejected where it is gone."""
        ...
