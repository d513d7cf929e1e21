"""Cohorts and their groups, in MongoDB."""

from collections.abc import Iterable

from services.scheduling.domain.visits.records import CohortRecord, GroupRecord
from services.scheduling.store.documents import many, one, put
from shared.mongo import Database

__all__ = ["MongoCohorts", "MongoGroups"]


class MongoCohorts:
    """Port `Cohorts`."""

    def __init__(self, database: Database) -> None:
        self._cohorts = database["cohorts"]

    async def cohort(self, cohort_id: str) -> CohortRecord | None:
        """A cohort."""
        return await one(self._cohorts, cohort_id, CohortRecord)

    async def of_programme(self, programme_id: str) -> list[CohortRecord]:
        """The cohorts of a programme by id."""
        found = await many(self._cohorts, {"programme_id": programme_id}, CohortRecord)
        return sorted(found, key=lambda one: one.cohort_id)

    async def put(self, cohort: CohortRecord) -> None:
        """Save a cohort."""
        await put(self._cohorts, cohort.cohort_id, cohort)

    async def mark_drafting(self, cohort_id: str, draft: str) -> None:
        """Note which draft is being saved."""
        await self._cohorts.update_one({"_id": cohort_id}, {"$set": {"drafting": draft}})

    async def publishing(self) -> CohortRecord | None:
        """A published cohort some of whose dates are still to be published."""
        found = await self._cohorts.find_one({"publishing": True, "state": "published"})
        return CohortRecord.model_validate(found) if found else None


class MongoGroups:
    """Port `Groups`; who is enrolled at which school is read of `enrolments`."""

    def __init__(self, database: Database) -> None:
        self._groups = database["groups"]
        self._enrolments = database["enrolments"]

    async def group(self, group_id: str) -> GroupRecord | None:
        """A group."""
        return await one(self._groups, group_id, GroupRecord)

    async def of_cohort(self, cohort_id: str) -> list[GroupRecord]:
        """The groups of a cohort by number."""
        return _by_number(await many(self._groups, {"cohort_id": cohort_id}, GroupRecord))

    async def named(self, group_ids: Iterable[str]) -> list[GroupRecord]:
        """These groups by number."""
        return _by_number(await many(self._groups, {"_id": {"$in": list(group_ids)}}, GroupRecord))

    async def with_people(self, cohort: CohortRecord, people: Iterable[str]) -> set[str]:
        """The ids of a cohort's groups in whose schools one of these people is enrolled."""
        where = {"programme_id": cohort.programme_id, "people.person_id": {"$in": list(people)}}
        schools = [found["school_id"] async for found in self._enrolments.find(where, projection={"school_id": 1})]
        theirs = {"programme_id": cohort.programme_id, "school_ids": {"$in": schools}, "cohort_id": cohort.cohort_id}
        return {found["_id"] async for found in self._groups.find(theirs, projection={"_id": 1})}

    async def of_school(self, programme_id: str, school_id: str) -> list[GroupRecord]:
        """The groups of a programme that a school is in."""
        return await many(self._groups, {"programme_id": programme_id, "school_ids": school_id}, GroupRecord)

    async def put(self, group: GroupRecord) -> None:
        """Save a group."""
        await put(self._groups, group.group_id, group)


def _by_number(groups: Iterable[GroupRecord]) -> list[GroupRecord]:
    return sorted(groups, key=lambda group: (group.number, group.group_id))
