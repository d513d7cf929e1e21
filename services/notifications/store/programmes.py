"""Programmes, their schools and facilitators."""

from collections.abc import Iterable

from services.notifications.domain.directory import Programme, ProgrammeRole, School
from services.notifications.store.documents import document, model, some
from shared.events.people import Role
from shared.mongo import DESCENDING, Database, Document


class MongoProgrammes:
    """Behind ``ports.Programmes`` and ``ports.Enrolments``. An older version changes nothing."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def put_programme(self, programme: Programme) -> None:
        """Keep a programme unless a newer version is there."""
        newer = {"_id": programme.programme_id, "version": {"$gt": programme.version}}
        if await self._db["programmes"].find_one(newer) is None:
            await self._db["programmes"].replace_one(
                {"_id": programme.programme_id}, document(programme.programme_id, programme), upsert=True
            )

    async def find(self, programme_ids: Iterable[str]) -> dict[str, Programme]:
        """Return programmes by id."""
        return {found["_id"]: model(Programme, found) for found in await some(self._db["programmes"], programme_ids)}

    async def latest(self) -> list[Programme]:
        """Return the programmes of the last school year that there are any of."""
        last = await self._db["programmes"].find({}, sort=[("year", DESCENDING)], limit=1).to_list()
        years = [row["year"] for row in last]
        return [model(Programme, row) async for row in self._db["programmes"].find({"year": {"$in": years}})]

    async def put_school(self, school: School) -> None:
        """Keep a school of a programme unless the same version or a newer one is there."""
        await self._db["schools"].put_newer(document(school.enrolment_id, school))

    async def withdraw(self, enrolment_id: str, version: int) -> None:
        """Note that a school has left a programme; an enrolment that is not known stays so."""
        await self._db["schools"].update_one(
            {"_id": enrolment_id, "version": {"$lt": version}}, {"$set": {"withdrawn": True, "version": version}}
        )

    async def replace_person(self, enrolment_id: str, version: int, role: Role, replaced_by: str) -> None:
        """Note that somebody else holds a role of an enrolment; an enrolment that is not known stays so."""
        found = await self._db["schools"].find_one({"_id": enrolment_id})
        if found is None or found["version"] >= version:
            return
        others = [person for person in found["people"] if person["role"] != role]
        people = [*others, {"person_id": replaced_by, "role": role}]
        await self._db["schools"].update_one({"_id": enrolment_id}, {"$set": {"people": people, "version": version}})

    async def schools(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        """Return schools of a programme, all of them or those named; withdrawn ones too."""
        where: Document = {"programme_id": programme_id}
        if school_ids is not None:
            where["school_id"] = {"$in": sorted(school_ids)}
        return [model(School, found) async for found in self._db["schools"].find(where)]

    async def put_facilitator(self, programme_id: str, person_id: str) -> None:
        """Note that somebody leads visit days in a programme."""
        key = f"{programme_id}/{person_id}"
        row = {"_id": key, "programme_id": programme_id, "person_id": person_id}
        await self._db["facilitators"].put(row)

    async def facilitators(self, programme_id: str) -> list[str]:
        """Return who leads visit days in a programme."""
        return [found["person_id"] async for found in self._db["facilitators"].find({"programme_id": programme_id})]

    async def roles(self, person_ids: Iterable[str]) -> list[ProgrammeRole]:
        """Return the roles that these people have in programmes, as people of schools, facilitators, coordinators."""
        wanted = sorted(set(person_ids))
        found: list[ProgrammeRole] = []
        async for row in self._db["schools"].find({"people.person_id": {"$in": wanted}, "withdrawn": False}):
            where = {"programme_id": row["programme_id"], "school_id": row["school_id"]}
            found += [model(ProgrammeRole, {**where, **one}) for one in row["people"] if one["person_id"] in wanted]
        async for row in self._db["facilitators"].find({"person_id": {"$in": wanted}}):
            found.append(model(ProgrammeRole, {**row, "role": "facilitator"}))
        async for row in self._db["programmes"].find({"coordinator_id": {"$in": wanted}}):
            part = {"programme_id": row["programme_id"], "person_id": row["coordinator_id"], "role": "coordinator"}
            found.append(model(ProgrammeRole, part))
        return found
