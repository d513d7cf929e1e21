"""How duties stand."""

from typing import Protocol

from shared.commands.duties import DutySums

__all__ = ["Duties"]


class Duties(Protocol):
    """The duties of a programme's people, counted."""

    async def of_term(self, programme_id: str, school_id: str = "") -> DutySums:
        """How they stand this term, at one school or at all. Raises Retryable."""
        ...
