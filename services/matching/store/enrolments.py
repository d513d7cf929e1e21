"""Enrolments in MongoDB."""

from collections.abc import Collection
from typing import Any

from services.matching.domain.records import EnrolmentRecord
from shared.mongo import ASCENDING, Database

__all__ = ["MongoEnrolments"]


class MongoEnrolments:
    """Port `Enrolments`."""

    def __init__(self, database: Database) -> None:
        self._enrolments = database["enrolments"]

    async def enrolment(self, enrolment_id: str) -> EnrolmentRecord | None:
        """An enrolment."""
        found = await self._enrolments.find_one({"_id": enrolment_id})
        return EnrolmentRecord.model_validate(found) if found else None

    async def put_enrolment(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        document = {"_id": enrolment.enrolment_id, **enrolment.model_dump(mode="json")}
        await self._enrolments.put(document)

    async def enrolments(self, programme_id: str, schools: Collection[str] | None = None) -> list[EnrolmentRecord]:
        """All enrolments of a programme, withdrawn ones too, or those of some schools; by school."""
        where: dict[str, Any] = {"programme_id": programme_id}
        if schools is not None:
            where["school.school_id"] = {"$in": sorted(schools)}
        order = [("programme_id", ASCENDING), ("school.school_id", ASCENDING)]
        return [EnrolmentRecord.model_validate(found) async for found in self._enrolments.find(where, sort=order)]

    async def of_school(self, school_id: str) -> list[EnrolmentRecord]:
        """A school's enrolments in all programmes, by programme."""
        found = self._enrolments.find({"school.school_id": school_id}, sort=[("programme_id", ASCENDING)])
        return [EnrolmentRecord.model_validate(document) async for document in found]

    async def of_people(self, programme_id: str, people: Collection[str]) -> list[EnrolmentRecord]:
        """The enrolments in force of a programme in which one of these people has a role."""
        where = {"programme_id": programme_id, "people.person_id": {"$in": sorted(people)}, "withdrawn": False}
        return [EnrolmentRecord.model_validate(found) async for found in self._enrolments.find(where)]

    async def by_urn(self, programme_id: str, urns: Collection[int]) -> list[EnrolmentRecord]:
        """The enrolments in force of these schools."""
        where = {"programme_id": programme_id, "school.urn": {"$in": sorted(urns)}, "withdrawn": False}
        return [EnrolmentRecord.model_validate(found) async for found in self._enrolments.find(where)]

    async def known(self, programme_id: str, enrolment_ids: Collection[str]) -> int:
        """How many of these enrolments (of all, when none is named) have arrived, withdrawn ones counted."""
        where: dict[str, Any] = {"programme_id": programme_id}
        if enrolment_ids:
            where = {"_id": {"$in": sorted(enrolment_ids)}}
        return await self._enrolments.count(where)

    async def in_force(self, programme_id: str) -> int:
        """How many schools take part: enrolments that are not withdrawn."""
        return await self._enrolments.count({"programme_id": programme_id, "withdrawn": False})
