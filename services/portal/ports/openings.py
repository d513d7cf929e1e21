"""Where the first use of a link is noted and published."""

from typing import Protocol

from services.portal.domain.links import Link


class Openings(Protocol):
    """Where the first use of a link is noted and published."""

    async def opened(self, link: Link) -> None:
        """Note it once; later calls change nothing."""
        ...
