"""Whom entries name, in memory, and a reporting service that answers from a table."""

from services.programmes.domain.records import Naming
from shared.commands.actions import OwnersOfActions
from shared.commands.people_named import PeopleNamed


class MemoryNamings:
    def __init__(self) -> None:
        self.kept: dict[str, Naming] = {}

    async def naming(self, entry_id):
        return self.kept.get(entry_id)

    async def of_school(self, programme_id, school_id):
        found = [one for one in self.kept.values() if (one.programme_id, one.school_id) == (programme_id, school_id)]
        return sorted(found, key=lambda one: one.entry_id)

    async def put_naming(self, naming):
        self.kept = {**self.kept, naming.entry_id: naming}


class NamedInTable:
    """Ports `NamedPeople` and `NamedOwners`: entry -> whom its submitted version names."""

    def __init__(self) -> None:
        self.people: dict[str, PeopleNamed] = {}
        self.actions: dict[str, OwnersOfActions] = {}

    async def named(self, entry_id):
        return self.people.get(entry_id)

    async def owners(self, entry_id):
        return self.actions.get(entry_id)
