"""Commands about people, wherever they take part."""

from services.programmes.domain.people import correct
from services.programmes.handlers.forgetting import Forgetting
from services.programmes.ports.enquiries import Enquiries
from services.programmes.ports.people import People
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.programmes import CorrectAddress, ErasePerson

__all__ = ["PeopleCommands"]


class PeopleCommands:
    """One method a command."""

    def __init__(self, people: People, enquiries: Enquiries) -> None:
        self._people = people
        self._enquiries = enquiries
        self._forgetting = Forgetting(people, enquiries)

    async def correct(self, command: CorrectAddress, work: UnitOfWork) -> Done:
        """Correct an address; all mail goes to the new one from now on."""
        after = correct(await self._people.get(command.person_id), command.email)
        await self._people.put([after])
        work.put_contact(after.card())
        return Done(id=after.person_id, version=after.version, sentence="The address is corrected.")

    async def erase(self, command: ErasePerson, work: UnitOfWork) -> Done:
        """Erase a person here and on the stream PEOPLE; the event makes every other service erase them.

        What they asked before they took part, by a public page, is erased with them.
        """
        before = await self._people.get(command.person_id)
        event = await self._forgetting.person(before, work)
        await self._forgetting.forget(await self._enquiries.from_address(before.email), work)
        return Done(id=before.person_id, version=event.version, sentence="The person is forgotten.")
