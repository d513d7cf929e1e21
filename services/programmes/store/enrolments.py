"""Enrolments in MongoDB."""

from collections.abc import Collection, Iterable
from typing import Any

from services.programmes.domain.records import EnrolmentRecord
from shared.mongo import ASCENDING, Database

__all__ = ["MongoEnrolments"]


class MongoEnrolments:
    """Ports `Enrolments`, `Enrolled` and `EnrolmentSearch`."""

    def __init__(self, database: Database) -> None:
        self._enrolments = database["enrolments"]

    async def of_school(self, programme_id: str, school_id: str) -> EnrolmentRecord | None:
        """A school's enrolment, also a withdrawn one."""
        found = await self._enrolments.find_one({"programme_id": programme_id, "school_id": school_id})
        return EnrolmentRecord.model_validate(found) if found else None

    async def page(
        self, programme_id: str, urns: Collection[int] | None, limit: int, offset: int
    ) -> tuple[int, list[EnrolmentRecord]]:
        """How many there are, of these URNs or of all, and a page of them by URN."""
        where: dict[str, Any] = {"programme_id": programme_id}
        if urns is not None:
            where["urn"] = {"$in": list(urns)}
        found = self._enrolments.find(where, sort=[("urn", ASCENDING)], limit=limit, skip=offset)
        return await self._enrolments.count(where), [EnrolmentRecord.model_validate(each) async for each in found]

    async def urns(self, programme_id: str) -> list[int]:
        """The URNs of all enrolments of a programme, also of withdrawn ones, in order."""
        found = self._enrolments.find({"programme_id": programme_id}, projection={"urn": 1}, sort=[("urn", ASCENDING)])
        return [each["urn"] async for each in found]

    async def holding(self, person_ids: Iterable[str]) -> list[EnrolmentRecord]:
        """The enrolments that stand in which one of these people holds a role, by URN."""
        where = {"people.person_id": {"$in": list(person_ids)}, "state": "enrolled"}
        found = self._enrolments.find(where, sort=[("urn", ASCENDING)])
        return [EnrolmentRecord.model_validate(each) async for each in found]

    async def enrolled_ids(self, programme_id: str) -> list[str]:
        """The ids of all enrolments that are not withdrawn, in order."""
        where = {"programme_id": programme_id, "state": "enrolled"}
        return [each["_id"] async for each in self._enrolments.find(where, sort=[("_id", ASCENDING)])]

    async def counts(self, programme_id: str) -> tuple[int, int]:
        """How many are enrolled, how many withdrawn."""
        states = [{"programme_id": programme_id, "state": state} for state in ("enrolled", "withdrawn")]
        return await self._enrolments.count(states[0]), await self._enrolments.count(states[1])

    async def enrolled(self, programme_id: str) -> list[EnrolmentRecord]:
        """All enrolments of a programme that are not withdrawn, by URN."""
        where = {"programme_id": programme_id, "state": "enrolled"}
        found = self._enrolments.find(where, sort=[("urn", ASCENDING)])
        return [EnrolmentRecord.model_validate(each) async for each in found]

    async def enrolled_schools(self, programme_id: str) -> dict[str, int]:
        """The schools of all enrolments of a programme that are not withdrawn, by id, with their URN."""
        where = {"programme_id": programme_id, "state": "enrolled"}
        found = self._enrolments.find(where, projection={"_id": 0, "school_id": 1, "urn": 1})
        return {each["school_id"]: each["urn"] async for each in found}

    async def enrolled_urns(self, programme_id: str) -> list[int]:
        """The URNs of all enrolments of a programme that are not withdrawn, in order."""
        where = {"programme_id": programme_id, "state": "enrolled"}
        found = self._enrolments.find(where, projection={"_id": 0, "urn": 1}, sort=[("urn", ASCENDING)])
        return [each["urn"] async for each in found]

    async def of_schools(self, school_ids: Iterable[str]) -> list[EnrolmentRecord]:
        """The enrolments of these schools that are not withdrawn, in any programme, by URN."""
        where = {"school_id": {"$in": list(school_ids)}, "state": "enrolled"}
        found = self._enrolments.find(where, sort=[("urn", ASCENDING), ("_id", ASCENDING)])
        return [EnrolmentRecord.model_validate(each) async for each in found]

    async def pinned(self) -> dict[int, str]:
        """The school ids that events have published, by URN. These never change."""
        found = self._enrolments.find({}, projection={"urn": 1, "school_id": 1})
        return {each["urn"]: each["school_id"] async for each in found}

    async def put(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        document = {"_id": enrolment.enrolment_id, **enrolment.model_dump(mode="json")}
        await self._enrolments.put(document)
