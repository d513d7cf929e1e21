"""Reactions to events."""

from services.programmes.ports.people import People
from shared.bus import UnitOfWork
from shared.events.programmes import PersonErased

__all__ = ["Erasures"]


class Erasures:
    """Forgets again whom a restored backup brought back."""

    def __init__(self, people: People) -> None:
        self._people = people

    async def erased(self, event: PersonErased, work: UnitOfWork) -> None:
        """Delete the person; where nothing was restored there is nothing left to delete."""
        await self._people.erase(event.person_id)
