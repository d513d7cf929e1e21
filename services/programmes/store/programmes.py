"""Programmes and facilitators in MongoDB."""

from services.programmes.domain.records import Appointment, Programme
from shared.errors import Rejected
from shared.mongo import ASCENDING, Database, Document, DuplicateKey

__all__ = ["MongoProgrammes"]


class MongoProgrammes:
    """Ports `Programmes` and `Appointments`."""

    def __init__(self, database: Database) -> None:
        self._programmes = database["programmes"]
        self._appointments = database["appointments"]

    async def get(self, programme_id: str) -> Programme:
        """The programme. Raises Rejected("unknown-programme")."""
        found = await self._programmes.find_one({"_id": programme_id})
        if found is None:
            raise Rejected("unknown-programme", f"There is no programme '{programme_id[:60]}'.")
        return Programme.model_validate(found)

    async def named(self, name: str) -> list[Programme]:
        """Those whose id or name is `name`; all if it is blank."""
        where = {"$or": [{"_id": name}, {"name_key": _key(name)}]} if name.strip() else {}
        found = self._programmes.find(where, sort=[("year", ASCENDING), ("name_key", ASCENDING)])
        return [Programme.model_validate(document) async for document in found]

    async def add(self, programme: Programme) -> None:
        """Save a new programme. Raises Rejected("name-taken")."""
        if await self._programmes.find_one({"name_key": _key(programme.name)}):
            raise _taken(programme)
        try:
            await self._programmes.insert_one(_document(programme))
        except DuplicateKey as error:
            raise _taken(programme) from error

    async def replace(self, programme: Programme) -> None:
        """Save a programme's next version."""
        await self._programmes.replace_one({"_id": programme.programme_id}, _document(programme))

    async def appointment(self, programme_id: str, person_id: str) -> Appointment | None:
        """A facilitator's appointment."""
        found = await self._appointments.find_one({"programme_id": programme_id, "person_id": person_id})
        return Appointment.model_validate(found) if found else None

    async def appointments(self, programme_id: str) -> list[Appointment]:
        """All facilitators of a programme."""
        found = self._appointments.find({"programme_id": programme_id}, sort=[("_id", ASCENDING)])
        return [Appointment.model_validate(document) async for document in found]

    async def put_appointment(self, appointment: Appointment) -> None:
        """Save an appointment."""
        document = {"_id": appointment.appointment_id, **appointment.model_dump(mode="json")}
        await self._appointments.put(document)


def _document(programme: Programme) -> Document:
    return {
        "_id": programme.programme_id,
        "name_key": _key(programme.name),
        **programme.model_dump(mode="json"),
    }


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _taken(programme: Programme) -> Rejected:
    return Rejected("name-taken", f"There already is a programme called '{programme.name}'.")
