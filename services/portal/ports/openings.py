"""Where the first use of a link is noted and published."""

from typing import Protocol

from services.portal.domain.links import Link


class Openings(Protocol):
    """Where the first use of a link is noted and told."""

    async def opened(self, link: Link) -> None:
        """Note it once; telling it again changes nothing."""
        ...
