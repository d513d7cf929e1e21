"""Programmes, as programmes has published them."""

from typing import Protocol

from services.matching.domain.records import ProgrammeRecord

__all__ = ["Programmes"]


class Programmes(Protocol):
    """Programmes with their templates."""

    async def programme(self, programme_id: str) -> ProgrammeRecord | None:
        """A programme."""
        ...

    async def put_programme(self, programme: ProgrammeRecord) -> None:
        """Save a programme."""
        ...
