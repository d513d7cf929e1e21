"""Who may sign in to the console."""

from services.programmes.ports.people import People
from shared.commands.coordinators import CoordinatorRow, CoordinatorRows, ListCoordinators

__all__ = ["CoordinatorQueries"]


class CoordinatorQueries:
    """One method a query."""

    def __init__(self, people: People) -> None:
        self._people = people

    async def list(self, _query: ListCoordinators) -> CoordinatorRows:
        """Everybody who may sign in, by name."""
        found = await self._people.coordinators()
        rows = (CoordinatorRow(person_id=one.person_id, name=one.name, email=one.email) for one in found)
        return CoordinatorRows(coordinators=tuple(rows))
