"""Drafts in memory."""

from collections.abc import AsyncIterator

from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from tests.fakes.memory import Memory
from tests.fakes.scheduling.found import events_by_date, visits_by_date


class MemoryDrafts:
    def __init__(self, memory: Memory) -> None:
        self._visits, self._events = memory["visits"], memory["events"]

    async def drop(self, cohort_id: str, most: int) -> int:
        visits = [each.visit.visit_id for each in self._draft_visits(cohort_id)][:most]
        events = [each.event.event_id for each in self._draft_events(cohort_id)][: most - len(visits)]
        for name in visits:
            del self._visits[name]
        for name in events:
            del self._events[name]
        return len(visits) + len(events)

    async def count(self, cohort_id: str) -> tuple[int, int]:
        activities = {each.event.activity for each in self._draft_events(cohort_id)}
        return len(self._draft_visits(cohort_id)), len(activities)

    async def next_visits(self, cohort_id: str, most: int) -> list[VisitRecord]:
        return [each for each in self._draft_visits(cohort_id) if not each.waits][:most]

    async def next_event(self, cohort_id: str) -> EventRecord | None:
        return next(iter(self._draft_events(cohort_id)), None)

    async def each_visit(self, cohort_id: str) -> AsyncIterator[VisitRecord]:
        for each in visits_by_date(each for each in self._visits.values() if each.visit.cohort_id == cohort_id):
            yield each.model_copy(update={"brief": None, "present": ()})

    async def seen(self, cohort_id: str) -> set[tuple[str, str, str, int]]:
        visits = (each for each in self._visits.values() if each.visit.cohort_id == cohort_id)
        return {(each.visit.visit_id, each.visit.on.isoformat(), each.state, each.version) for each in visits}

    def _draft_visits(self, cohort_id: str) -> list[VisitRecord]:
        of_it = (each for each in self._visits.values() if each.visit.cohort_id == cohort_id)
        return visits_by_date(each for each in of_it if each.state == "draft")

    def _draft_events(self, cohort_id: str) -> list[EventRecord]:
        of_it = (each for each in self._events.values() if each.event.cohort_id == cohort_id)
        return events_by_date(each for each in of_it if each.state == "draft")
