"""People in memory, one an e-mail address."""

from services.programmes.domain.enrolment.addresses import address_key
from services.programmes.domain.people import CONSOLE
from services.programmes.domain.records import Person
from shared.errors import Rejected


class MemoryPeople:
    def __init__(self) -> None:
        self.kept: dict[str, Person] = {}

    async def get(self, person_id):
        if person_id not in self.kept:
            raise Rejected("unknown-person", f"There is no person '{person_id[:60]}'.")
        return self.kept[person_id]

    async def concerned(self, emails, person_ids):
        keys, ids = {address_key(email) for email in emails}, set(person_ids)
        return [one for one in self.kept.values() if one.person_id in ids or address_key(one.email) in keys]

    async def at_school(self, programme_id, school_id):
        there = (programme_id, school_id)
        return self._by_name(lambda role: (role.programme_id, role.school_id) == there)

    async def at_schools(self, programme_id, school_ids):
        wanted = set(school_ids)
        return self._by_name(lambda role: role.programme_id == programme_id and role.school_id in wanted)

    async def of_programme(self, programme_id):
        return self._by_name(lambda role: role.programme_id == programme_id)

    async def search(self, text, programme_id, limit, offset):
        wanted = " ".join(text.split()).casefold()
        found = [
            one
            for one in self.kept.values()
            if (wanted in one.name.casefold() or wanted in address_key(one.email))
            and (not programme_id or any(role.programme_id == programme_id for role in one.roles))
        ]
        ordered = sorted(found, key=lambda one: (one.name, one.person_id))
        return len(ordered), ordered[offset : offset + limit]

    def _by_name(self, wanted):
        found = [one for one in self.kept.values() if any(map(wanted, one.roles))]
        return sorted(found, key=lambda one: (one.name, one.person_id))

    async def coordinators(self):
        found = [one for one in self.kept.values() if CONSOLE in one.roles]
        return sorted(found, key=lambda one: (one.name, one.person_id))

    async def put(self, people):
        coming = list(people)
        ids = {address_key(one.email): one.person_id for one in coming}
        held = {address_key(one.email): one.person_id for one in self.kept.values()}
        if len(ids) < len(coming) or any(held.get(key, who) != who for key, who in ids.items()):
            raise Rejected("address-taken", "Somebody else has this e-mail address.")
        self.kept |= {one.person_id: one for one in coming}

    async def erase(self, person_id):
        self.kept.pop(person_id, None)
