"""Cohorts and their groups in memory."""

from collections.abc import Iterable

from services.scheduling.domain.visits.records import CohortRecord, GroupRecord
from tests.fakes.memory import Memory
from tests.fakes.scheduling.found import by_key


class MemoryCohorts:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["cohorts"]

    async def cohort(self, cohort_id: str) -> CohortRecord | None:
        return self._kept.get(cohort_id)

    async def of_programme(self, programme_id: str) -> list[CohortRecord]:
        return [one for one in by_key(self._kept) if one.programme_id == programme_id]

    async def put(self, cohort: CohortRecord) -> None:
        self._kept[cohort.cohort_id] = cohort

    async def mark_drafting(self, cohort_id: str, draft: str) -> None:
        if cohort_id in self._kept:
            self._kept[cohort_id] = self._kept[cohort_id].model_copy(update={"drafting": draft})

    async def publishing(self) -> CohortRecord | None:
        return next((each for each in self._kept.values() if each.publishing and each.state == "published"), None)


class MemoryGroups:
    def __init__(self, memory: Memory) -> None:
        self._kept, self._enrolments = memory["groups"], memory["enrolments"]

    async def group(self, group_id: str) -> GroupRecord | None:
        return self._kept.get(group_id)

    async def of_cohort(self, cohort_id: str) -> list[GroupRecord]:
        return _by_number(each for each in self._kept.values() if each.cohort_id == cohort_id)

    async def named(self, group_ids: Iterable[str]) -> list[GroupRecord]:
        return _by_number(self._kept[name] for name in set(group_ids) if name in self._kept)

    async def with_people(self, cohort: CohortRecord, people: Iterable[str]) -> set[str]:
        wanted = set(people)
        schools = {
            each.school_id
            for each in self._enrolments.values()
            if each.programme_id == cohort.programme_id and wanted & {one.person_id for one in each.people}
        }
        groups = await self.of_cohort(cohort.cohort_id)
        return {each.group_id for each in groups if schools.intersection(each.school_ids)}

    async def of_school(self, programme_id: str, school_id: str) -> list[GroupRecord]:
        return [
            each for each in by_key(self._kept) if each.programme_id == programme_id and school_id in each.school_ids
        ]

    async def put(self, group: GroupRecord) -> None:
        self._kept[group.group_id] = group


def _by_number(groups: Iterable[GroupRecord]) -> list[GroupRecord]:
    return sorted(groups, key=lambda each: (each.number, each.group_id))
