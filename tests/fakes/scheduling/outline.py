"""A cohort's calendar in outline, in memory."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from services.scheduling.domain.visits.records import EnrolmentRecord, EventPart, VisitDate, VisitRecord
from services.scheduling.planner.model import Dates
from tests.fakes.memory import Memory
from tests.fakes.scheduling.found import by_key, events_by_date, standing


class MemoryOutline:
    def __init__(self, memory: Memory) -> None:
        self._visits, self._events, self._enrolments = memory["visits"], memory["events"], memory["enrolments"]

    async def visits(self, cohort_id: str, first: dt.date) -> list[VisitDate]:
        return [
            VisitDate(one.visit.visit_id, one.visit.group_id, one.visit.host_school_id, one.visit.on, one.state)
            for one in self._of(cohort_id)
            if one.visit.on >= first
        ]

    async def visits_a_day(self, cohort_id: str) -> tuple[Mapping[dt.date, int], Dates]:
        found = [each for each in self._of(cohort_id) if standing(each)]
        pinned = frozenset(each.visit.on for each in found if each.pinned)
        return Counter(each.visit.on for each in found), pinned

    async def any_visit_on(self, cohort_id: str, day: dt.date) -> bool:
        return any(standing(each) and each.visit.on == day for each in self._of(cohort_id))

    async def first_and_last(self, cohort_id: str) -> Sequence[dt.date]:
        days = sorted(each.visit.on for each in self._of(cohort_id) if standing(each))
        return [days[0], days[-1]] if days else []

    async def groups_on(self, cohort_id: str, days: Iterable[dt.date]) -> set[str]:
        wanted = set(days)
        return {each.visit.group_id for each in self._of(cohort_id) if standing(each) and each.visit.on in wanted}

    async def events(self, cohort_id: str) -> list[EventPart]:
        found = events_by_date(each for each in self._events.values() if each.event.cohort_id == cohort_id)
        return [
            EventPart(
                each.model_copy(update={"event": each.event.model_copy(update={"attendees": ()})}), len(each.invited)
            )
            for each in found
        ]

    async def schools(self, programme_id: str, schools: Iterable[str]) -> list[EnrolmentRecord]:
        wanted = set(schools)
        return [
            each.model_copy(update={"people": ()})
            for each in by_key(self._enrolments)
            if each.programme_id == programme_id and each.school_id in wanted
        ]

    def _of(self, cohort_id: str) -> list[VisitRecord]:
        return [each for each in self._visits.values() if each.visit.cohort_id == cohort_id]
