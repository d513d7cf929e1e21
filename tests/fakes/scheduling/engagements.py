"""The days that published visits and events take from people, in memory. There is no race here, and no turn to take."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from tests.fakes.memory import Memory
from tests.fakes.scheduling.found import BOOKING, booked_days


class MemoryEngagements:
    def __init__(self, memory: Memory) -> None:
        self._visits, self._events = memory["visits"], memory["events"]

    async def elsewhere(
        self, people: Iterable[str], cohort_id: str, *, duties: bool = True
    ) -> dict[str, list[dt.date]]:
        wanted, found = set(people), defaultdict[str, list[dt.date]](list)
        visits = ((each, each.visit.cohort_id, each.visit.on) for each in self._visits.values())
        events = (
            (each, each.event.cohort_id, each.event.on) for each in self._events.values() if duties or not each.duty
        )
        for record, cohort, on in (*visits, *events):
            if cohort != cohort_id and record.state in BOOKING:
                for person in wanted.intersection(record.invited):
                    found[person].append(on)
        return dict(found)

    async def booked(self, visits: Iterable[VisitRecord]) -> set[str]:
        asked = list(visits)
        booking = [each for each in self._visits.values() if each.state in BOOKING]
        return {
            one.visit.visit_id
            for one in asked
            for other in booking
            if other.visit.visit_id != one.visit.visit_id and booked_days(one) & booked_days(other)
        }

    async def taken(self, record: VisitRecord, moving: Iterable[str] = ()) -> set[str]:
        left_out = {record.visit.visit_id, *moving}
        others = [each for each in self._visits.values() if each.visit.visit_id not in left_out]
        booked = {day for each in others if each.state in BOOKING for day in booked_days(each)}
        everybody = (record.visit.host_school_id, *record.invited)
        return {one for one in everybody if (one, record.visit.on) in booked}

    async def take_days(self, visits: Iterable[VisitRecord], events: Iterable[EventRecord] = ()) -> None:
        """Nobody else is at a day."""
