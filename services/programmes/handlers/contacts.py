"""The people behind a command: who is known already, and the contact cards that other services keep."""

from collections.abc import Callable, Iterable
from typing import Protocol

from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.people_rules import refuse_bad_address, refuse_other_name
from services.programmes.domain.records import Person, RoleOf
from services.programmes.ports.people import People
from shared.bus import UnitOfWork
from shared.commands.programmes import PersonDetails

__all__ = ["Contacts", "Holder"]


class Holder(Protocol):
    """Somebody who holds a role, wherever it is kept."""

    @property
    def person_id(self) -> str:
        """Who it is."""
        ...


class Contacts:
    """Loads people by address or role, saves them and publishes their contact cards."""

    def __init__(self, people: People, new_id: Callable[[str], str]) -> None:
        self._people = people
        self.new_id = new_id

    async def known(self, emails: Iterable[str], held: Iterable[Holder]) -> Known:
        """The people with these addresses or roles."""
        return Known.of(await self._people.concerned(emails, (each.person_id for each in held)))

    async def at_school(self, programme_id: str, school_id: str) -> list[Person]:
        """Everybody with a role at the school in the programme, however they came to it."""
        return await self._people.at_school(programme_id, school_id)

    async def ids(self, emails: Iterable[str]) -> list[str]:
        """The ids of the people with these addresses."""
        return [one.person_id for one in await self._people.concerned(emails, ())]

    async def of_programme(self, details: PersonDetails, programme_id: str, work: UnitOfWork) -> str:
        """The id of a programme's own person, who now holds this role. Raises Rejected for an address not theirs."""
        return await self.holding(details, RoleOf(role=details.role, programme_id=programme_id), work)

    async def holding(self, details: PersonDetails, held: RoleOf, work: UnitOfWork) -> str:
        """The id of the person of these details, who now holds this role. Raises Rejected as `of_programme`."""
        refuse_bad_address(details)
        known = await self.known([details.email], ())
        refuse_other_name(details, known)
        person = known.add_role(details, held, self.new_id)
        await self.keep(known.changed.values(), work)
        return person.person_id

    async def keep(self, people: Iterable[Person], work: UnitOfWork) -> None:
        """Save people and publish their contact cards. Raises Rejected("address-taken")."""
        changed = list(people)
        await self._people.put(changed)
        for person in changed:
            work.put_contact(person.card())
