"""Whom entries name: what is remembered of it, and who is asked for the names."""

from typing import Protocol

from services.programmes.domain.records import Naming
from shared.commands.actions import OwnersOfActions
from shared.commands.people_named import PeopleNamed

__all__ = ["NamedByEntries", "NamedOwners", "NamedPeople", "Namings"]


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


class NamedOwners(Protocol):
    """Owners of actions by name and address, from the service that keeps entries. Raises Retryable as `NamedPeople`."""

    async def owners(self, entry_id: str) -> OwnersOfActions | None:
        """The owners whom nobody has identified yet; None where the entry is gone."""
        ...


class NamedByEntries(NamedPeople, NamedOwners, Protocol):
    """Everybody whom entries name."""
