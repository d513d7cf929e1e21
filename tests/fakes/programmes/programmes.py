"""Programmes and facilitators in memory."""

from services.programmes.domain.records import Appointment, Programme
from shared.errors import Rejected


class MemoryProgrammes:
    def __init__(self) -> None:
        self.programmes: dict[str, Programme] = {}
        self.appointed: dict[str, Appointment] = {}

    async def get(self, programme_id):
        if programme_id not in self.programmes:
            raise Rejected("unknown-programme", f"There is no programme '{programme_id[:60]}'.")
        return self.programmes[programme_id]

    async def named(self, name):
        wanted = {name, _key(name)}
        found = [
            one
            for one in self.programmes.values()
            if not name.strip() or one.programme_id == name or _key(one.name) in wanted
        ]
        return sorted(found, key=lambda one: (one.year, _key(one.name)))

    async def add(self, programme):
        if any(_key(one.name) == _key(programme.name) for one in self.programmes.values()):
            raise Rejected("name-taken", f"There already is a programme called '{programme.name}'.")
        self.programmes[programme.programme_id] = programme

    async def replace(self, programme):
        assert programme.programme_id in self.programmes
        self.programmes[programme.programme_id] = programme

    async def appointment(self, programme_id, person_id):
        found = [one for one in await self.appointments(programme_id) if one.person_id == person_id]
        return found[0] if found else None

    async def appointments(self, programme_id):
        found = [one for one in self.appointed.values() if one.programme_id == programme_id]
        return sorted(found, key=lambda one: one.appointment_id)

    async def put_appointment(self, appointment):
        self.appointed[appointment.appointment_id] = appointment


def _key(name):
    return " ".join(name.casefold().split())
