"""Programmes, enrolments and facilitators, in MongoDB."""

from collections.abc import Iterable
from typing import Any

from services.scheduling.domain.visits.records import EnrolmentRecord, FacilitatorRecord, ProgrammeRecord
from services.scheduling.store.documents import many, one, put
from services.scheduling.store.reading import Reading
from shared.mongo import ASCENDING, Database

__all__ = ["MongoEnrolments", "MongoFacilitators", "MongoProgrammes"]


class MongoProgrammes:
    """Port `Programmes`."""

    def __init__(self, database: Database) -> None:
        self._programmes = database["programmes"]

    async def programme(self, programme_id: str) -> ProgrammeRecord | None:
        """A programme."""
        return await one(self._programmes, programme_id, ProgrammeRecord)

    async def put(self, programme: ProgrammeRecord) -> None:
        """Save a programme."""
        await put(self._programmes, programme.programme_id, programme)


class MongoEnrolments:
    """Port `Enrolments`."""

    def __init__(self, database: Database) -> None:
        self._enrolments = database["enrolments"]

    async def enrolment(self, enrolment_id: str) -> EnrolmentRecord | None:
        """An enrolment."""
        return await one(self._enrolments, enrolment_id, EnrolmentRecord)

    async def of_programme(self, programme_id: str, schools: Iterable[str] | None = None) -> list[EnrolmentRecord]:
        """The enrolments of a programme, or of these schools in it."""
        where: dict[str, Any] = {"programme_id": programme_id}
        if schools is not None:
            where["school_id"] = {"$in": list(schools)}
        reading = Reading()
        return [reading.enrolment(each) async for each in self._enrolments.find(where, sort=[("_id", ASCENDING)])]

    async def naming(self, people: Iterable[str] = (), schools: Iterable[str] = ()) -> list[EnrolmentRecord]:
        """The enrolments, in any programme, of these schools or with one of these people."""
        where = {"$or": [{"people.person_id": {"$in": list(people)}}, {"school_id": {"$in": list(schools)}}]}
        return await many(self._enrolments, where, EnrolmentRecord)

    async def of_authority(self, authority_code: str) -> list[str]:
        """The enrolled schools that follow an authority's term dates."""
        found = await many(self._enrolments, {"authority_code": authority_code, "withdrawn": False}, EnrolmentRecord)
        return sorted({enrolment.school_id for enrolment in found})

    async def put(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        await put(self._enrolments, enrolment.enrolment_id, enrolment)

    async def forget(self, person_id: str) -> None:
        """Drop a person's dates."""
        for enrolment in await many(self._enrolments, {"people.person_id": person_id}, EnrolmentRecord):
            people = tuple(
                one.model_copy(update={"dates_not_possible": ()}) if one.person_id == person_id else one
                for one in enrolment.people
            )
            await self.put(enrolment.model_copy(update={"people": people}))


class MongoFacilitators:
    """Port `Facilitators`."""

    def __init__(self, database: Database) -> None:
        self._facilitators = database["facilitators"]

    async def of_programme(self, programme_id: str, people: Iterable[str] | None = None) -> list[FacilitatorRecord]:
        """The facilitators of a programme, or these of them."""
        where: dict[str, Any] = {"programme_id": programme_id}
        if people is not None:
            where["person_id"] = {"$in": list(people)}
        return await many(self._facilitators, where, FacilitatorRecord)

    async def serving(self, programme_id: str, region: str) -> list[FacilitatorRecord]:
        """Those who travel in a region; an empty one is everywhere."""
        where: dict[str, Any] = {"programme_id": programme_id}
        if region:
            where["$or"] = [{"regions": region}, {"regions": []}]
        return await many(self._facilitators, where, FacilitatorRecord)

    async def appointments(self, people: Iterable[str]) -> list[FacilitatorRecord]:
        """What these people facilitate, in any programme."""
        return await many(self._facilitators, {"person_id": {"$in": list(people)}}, FacilitatorRecord)

    async def put(self, facilitator: FacilitatorRecord) -> None:
        """Save a facilitator, unless a later version is there."""
        before = await one(self._facilitators, facilitator.appointment_id, FacilitatorRecord)
        if before is None or before.version < facilitator.version:
            await put(self._facilitators, facilitator.appointment_id, facilitator)

    async def forget(self, person_id: str) -> None:
        """Drop a person's dates."""
        where = {"person_id": person_id}
        await self._facilitators.update_many(where, {"$set": {"dates_not_possible": []}})
