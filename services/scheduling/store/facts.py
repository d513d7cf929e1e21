"""What other services have told, in MongoDB: `programmes`, `enrolments`, `facilitators`, `cohorts`, `groups`."""

from collections.abc import Iterable
from typing import Any, TypeVar

from services.scheduling.domain.record import Record
from services.scheduling.domain.visits.records import (
    CohortRecord,
    EnrolmentRecord,
    FacilitatorRecord,
    GroupRecord,
    ProgrammeRecord,
)
from services.scheduling.store.reading import Reading
from services.scheduling.store.sharing import alike
from shared.mongo import ASCENDING, Collection, Database

__all__ = ["MongoFacts"]

R = TypeVar("R", bound=Record)


class MongoFacts:
    """Port `Facts`."""

    def __init__(self, database: Database) -> None:
        self._programmes = database["programmes"]
        self._enrolments = database["enrolments"]
        self._facilitators = database["facilitators"]
        self._cohorts = database["cohorts"]
        self._groups = database["groups"]

    async def programme(self, programme_id: str) -> ProgrammeRecord | None:
        """A programme."""
        return await _one(self._programmes, programme_id, ProgrammeRecord)

    async def put_programme(self, programme: ProgrammeRecord) -> None:
        """Save a programme."""
        await _put(self._programmes, programme.programme_id, programme)

    async def enrolment(self, enrolment_id: str) -> EnrolmentRecord | None:
        """An enrolment."""
        return await _one(self._enrolments, enrolment_id, EnrolmentRecord)

    async def enrolments(self, programme_id: str, schools: Iterable[str] | None = None) -> list[EnrolmentRecord]:
        """The enrolments of a programme, or of these schools in it."""
        where: dict[str, Any] = {"programme_id": programme_id}
        if schools is not None:
            where["school_id"] = {"$in": list(schools)}
        reading = Reading()
        return [reading.enrolment(each) async for each in self._enrolments.find(where, sort=[("_id", ASCENDING)])]

    async def enrolments_naming(self, people: Iterable[str] = (), schools: Iterable[str] = ()) -> list[EnrolmentRecord]:
        """The enrolments, in any programme, of these schools or with one of these people."""
        where = {"$or": [{"people.person_id": {"$in": list(people)}}, {"school_id": {"$in": list(schools)}}]}
        return await _many(self._enrolments, where, EnrolmentRecord)

    async def put_enrolment(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        await _put(self._enrolments, enrolment.enrolment_id, enrolment)

    async def facilitators(self, programme_id: str, people: Iterable[str] | None = None) -> list[FacilitatorRecord]:
        """The facilitators of a programme, or these of them."""
        where: dict[str, Any] = {"programme_id": programme_id}
        if people is not None:
            where["person_id"] = {"$in": list(people)}
        return await _many(self._facilitators, where, FacilitatorRecord)

    async def facilitators_serving(self, programme_id: str, region: str) -> list[FacilitatorRecord]:
        """Those who travel in a region; an empty one is everywhere."""
        where: dict[str, Any] = {"programme_id": programme_id}
        if region:
            where["$or"] = [{"regions": region}, {"regions": []}]
        return await _many(self._facilitators, where, FacilitatorRecord)

    async def appointments(self, people: Iterable[str]) -> list[FacilitatorRecord]:
        """What these people facilitate, in any programme."""
        return await _many(self._facilitators, {"person_id": {"$in": list(people)}}, FacilitatorRecord)

    async def put_facilitator(self, facilitator: FacilitatorRecord) -> None:
        """Save a facilitator, unless a later version is there."""
        before = await _one(self._facilitators, facilitator.appointment_id, FacilitatorRecord)
        if before is None or before.version < facilitator.version:
            await _put(self._facilitators, facilitator.appointment_id, facilitator)

    async def cohort(self, cohort_id: str) -> CohortRecord | None:
        """A cohort."""
        return await _one(self._cohorts, cohort_id, CohortRecord)

    async def put_cohort(self, cohort: CohortRecord) -> None:
        """Save a cohort."""
        await _put(self._cohorts, cohort.cohort_id, cohort)

    async def mark_drafting(self, cohort_id: str, draft: str) -> None:
        """Note which draft is being saved."""
        await self._cohorts.update_one({"_id": cohort_id}, {"$set": {"drafting": draft}})

    async def publishing(self) -> CohortRecord | None:
        """A published cohort some of whose dates are yet to be told."""
        found = await self._cohorts.find_one({"publishing": True, "state": "published"})
        return CohortRecord.model_validate(found) if found else None

    async def group(self, group_id: str) -> GroupRecord | None:
        """A group."""
        return await _one(self._groups, group_id, GroupRecord)

    async def groups(self, cohort_id: str) -> list[GroupRecord]:
        """The groups of a cohort by number."""
        return _by_number(await _many(self._groups, {"cohort_id": cohort_id}, GroupRecord))

    async def groups_named(self, group_ids: Iterable[str]) -> list[GroupRecord]:
        """These groups by number."""
        return _by_number(await _many(self._groups, {"_id": {"$in": list(group_ids)}}, GroupRecord))

    async def groups_with(self, cohort: CohortRecord, people: Iterable[str]) -> list[str]:
        """The ids of a cohort's groups in whose schools one of these people is enrolled."""
        where = {"programme_id": cohort.programme_id, "people.person_id": {"$in": list(people)}}
        schools = [found["school_id"] async for found in self._enrolments.find(where, projection={"school_id": 1})]
        theirs = {"programme_id": cohort.programme_id, "school_ids": {"$in": schools}, "cohort_id": cohort.cohort_id}
        return [found["_id"] async for found in self._groups.find(theirs, projection={"_id": 1})]

    async def groups_of_school(self, programme_id: str, school_id: str) -> list[GroupRecord]:
        """The groups of a programme that a school is in."""
        return await _many(self._groups, {"programme_id": programme_id, "school_ids": school_id}, GroupRecord)

    async def put_group(self, group: GroupRecord) -> None:
        """Save a group."""
        await _put(self._groups, group.group_id, group)

    async def forget(self, person_id: str) -> None:
        """Drop a person's dates from their enrolments and appointments."""
        for enrolment in await _many(self._enrolments, {"people.person_id": person_id}, EnrolmentRecord):
            people = tuple(
                one.model_copy(update={"dates_not_possible": ()}) if one.person_id == person_id else one
                for one in enrolment.people
            )
            await self.put_enrolment(enrolment.model_copy(update={"people": people}))
        where = {"person_id": person_id}
        await self._facilitators.update_many(where, {"$set": {"dates_not_possible": []}})

    async def schools_of_authority(self, authority_code: str) -> list[str]:
        """The enrolled schools that follow an authority's term dates."""
        found = await _many(self._enrolments, {"authority_code": authority_code, "withdrawn": False}, EnrolmentRecord)
        return sorted({enrolment.school_id for enrolment in found})


def _by_number(groups: Iterable[GroupRecord]) -> list[GroupRecord]:
    return sorted(groups, key=lambda group: (group.number, group.group_id))


async def _one(collection: Collection, key: str, kind: type[R]) -> R | None:
    found = await collection.find_one({"_id": key})
    return kind.model_validate(found) if found else None


async def _many(collection: Collection, where: dict[str, Any], kind: type[R]) -> list[R]:
    found = collection.find(where, sort=[("_id", ASCENDING)])
    return [alike(kind.model_validate(document)) async for document in found]


async def _put(collection: Collection, key: str, record: Record) -> None:
    await collection.replace_one({"_id": key}, {"_id": key, **record.model_dump(mode="json")}, upsert=True)
