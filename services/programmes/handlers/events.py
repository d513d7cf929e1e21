"""Reactions to events."""

from services.programmes.ports.people import People
from shared.bus import UnitOfWork
from shared.events.programmes import PersonErased

__all__ = ["Erasures"]


class Erasures:
    """Erases people again whom a restored backup has brought back."""

    def __init__(self, people: People) -> None:
        self._people = people

    async def erased(self, event: PersonErased, work: UnitOfWork) -> None:
        """Delete the person. Usually the command has done so already; after a restore it has not."""
        await self._people.erase(event.person_id)
