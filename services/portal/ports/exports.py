"""Where it is noted that somebody took a list away as a file."""

from typing import Protocol


class Exports(Protocol):
    """Where it is noted that somebody took a list away as a file."""

    async def exported(self, person_id: str, what: str, programme_id: str) -> None:
        """Publish it; what cannot be noted is not handed out."""
        ...
