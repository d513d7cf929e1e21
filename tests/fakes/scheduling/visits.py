"""Visits in memory; of published ones no two take the same day of one person or school."""

import datetime as dt
from collections.abc import Iterable, Sequence

from services.scheduling.domain.visits.records import Led, VisitRecord
from shared.errors import Rejected, Retryable
from tests.fakes.memory import Memory
from tests.fakes.scheduling.found import BOOKING, booked_days, schools_of, standing, visits_by_date


class MemoryVisits:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["visits"]

    async def visit(self, visit_id: str) -> VisitRecord:
        if visit_id not in self._kept:
            raise Rejected("unknown-visit", f"There is no visit '{visit_id[:60]}'.")
        found: VisitRecord = self._kept[visit_id]
        return found

    async def put(self, visits: Sequence[VisitRecord]) -> None:
        after = {**self._kept, **{each.visit.visit_id: each for each in visits}}
        taken = [day for each in after.values() if each.state in BOOKING for day in booked_days(each)]
        if len(taken) > len(set(taken)):
            raise Retryable("Somebody has meanwhile taken one of these days.")
        self._kept.update(after)

    async def of_cohort(self, cohort_id: str) -> list[VisitRecord]:
        return visits_by_date(each for each in self._kept.values() if each.visit.cohort_id == cohort_id)

    async def of_groups(self, group_ids: Iterable[str]) -> list[VisitRecord]:
        wanted = set(group_ids)
        return visits_by_date(each for each in self._kept.values() if each.visit.group_id in wanted)

    async def of_person(self, cohort_id: str, person_id: str, days: Iterable[dt.date]) -> list[VisitRecord]:
        wanted = set(days)
        there = (each for each in await self.of_cohort(cohort_id) if each.visit.on in wanted)
        return [
            each
            for each in there
            if person_id in each.invited or person_id in {one.substitute_for for one in each.visit.attendees}
        ]

    async def led(self, facilitators: Iterable[str], cohort_id: str) -> list[Led]:
        wanted = set(facilitators)
        visits = (each.visit for each in await self.of_cohort(cohort_id) if standing(each))
        return [Led(each.facilitator_id, each.group_id, each.on) for each in visits if each.facilitator_id in wanted]


class MemoryPublishedVisits:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["visits"]

    async def on_days(self, days: Iterable[dt.date], first: dt.date) -> list[VisitRecord]:
        wanted = {day for day in days if day >= first}
        return [each for each in self._published() if each.visit.on in wanted]

    async def at_schools(self, schools: Iterable[str], first: dt.date) -> list[VisitRecord]:
        wanted = set(schools)
        return [each for each in self._published() if each.visit.on >= first and wanted & schools_of(each)]

    def _published(self) -> list[VisitRecord]:
        return visits_by_date(each for each in self._kept.values() if each.state == "published")
