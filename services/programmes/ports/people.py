"""People, one an e-mail address."""

from collections.abc import Iterable
from typing import Protocol

from services.programmes.domain.records import Person

__all__ = ["People", "PeopleSearch"]


class People(Protocol):
    """People, one an e-mail address."""

    async def get(self, person_id: str) -> Person:
        """The person. Raises Rejected("unknown-person")."""
        ...

    async def concerned(self, emails: Iterable[str], person_ids: Iterable[str]) -> list[Person]:
        """Everybody with one of these addresses or ids."""
        ...

    async def at_school(self, programme_id: str, school_id: str) -> list[Person]:
        """Everybody with a role at the school in the programme, by name."""
        ...

    async def at_schools(self, programme_id: str, school_ids: Iterable[str]) -> list[Person]:
        """Everybody with a role at one of these schools in the programme, by name."""
        ...

    async def of_programme(self, programme_id: str) -> list[Person]:
        """Everybody with a role in the programme, by name."""
        ...

    async def coordinators(self) -> list[Person]:
        """Everybody who may sign in to the console, by name."""
        ...

    async def put(self, people: Iterable[Person]) -> None:
        """Save people. Raises Rejected("address-taken")."""
        ...

    async def erase(self, person_id: str) -> None:
        """Delete a person."""
        ...


class PeopleSearch(Protocol):
    """What queries ask."""

    async def concerned(self, emails: Iterable[str], person_ids: Iterable[str]) -> list[Person]:
        """Everybody with one of these addresses or ids."""
        ...

    async def search(self, text: str, programme_id: str, limit: int, offset: int) -> tuple[int, list[Person]]:
        """How many have the text in their name or address, and a page of them by name; blank asks for no such thing."""
        ...
