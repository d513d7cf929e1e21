"""Who may sign in to the console."""

from services.programmes.domain.people import CONSOLE, leave_console
from services.programmes.handlers.contacts import Contacts
from services.programmes.ports.people import People
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.coordinators import AddCoordinator, RemoveCoordinator
from shared.commands.programmes import PersonDetails

__all__ = ["CoordinatorCommands"]


class CoordinatorCommands:
    """One method a command."""

    def __init__(self, people: People, contacts: Contacts) -> None:
        self._people = people
        self._contacts = contacts

    async def add(self, command: AddCoordinator, work: UnitOfWork) -> Done:
        """Let somebody sign in. Raises Rejected for an address that is none, or of somebody else's."""
        details = PersonDetails(role=CONSOLE.role, name=command.name, email=command.email)
        person_id = await self._contacts.holding(details, CONSOLE, work)
        return Done(id=person_id, sentence=f"{command.name} may sign in as {command.email}.")

    async def remove(self, command: RemoveCoordinator, work: UnitOfWork) -> Done:
        """Let somebody sign in no more; sessions they have open end with it."""
        person = await self._people.get(command.person_id)
        after = leave_console(person, await self._people.coordinators())
        await self._contacts.keep([after], work)
        return Done(id=after.person_id, version=after.version, sentence=f"{after.name} may not sign in any more.")
