"""Whom entries name: what is remembered of it, and who is asked for the names."""

from typing import Protocol

from services.programmes.domain.records import Naming
from shared.commands.forms import PeopleNamed

__all__ = ["NamedPeople", "Namings"]


class Namings(Protocol):
    """Whom each entry names."""

    async def naming(self, entry_id: str) -> Naming | None:
        """Whom the entry names, as it was last taken in."""
        ...

    async def of_school(self, programme_id: str, school_id: str) -> list[Naming]:
        """What the entries of a school name, by entry id."""
        ...

    async def put_naming(self, naming: Naming) -> None:
        """Save it in place of an older one."""
        ...


class NamedPeople(Protocol):
    """The names and addresses in an entry, from the service that keeps it. Raises Retryable when it does not answer."""

    async def named(self, entry_id: str) -> PeopleNamed | None:
        """The people of its submitted version, by the roles they are named for; None where the entry is gone."""
        ...
