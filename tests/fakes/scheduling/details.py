"""What the coordinator has entered for cohort events, in memory."""

from services.scheduling.domain.visits.event_programme import EventDetails
from tests.fakes.memory import Memory


class MemoryDetails:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["event_details"]

    async def details(self, details_id: str) -> EventDetails | None:
        found: EventDetails | None = self._kept.get(details_id)
        return found

    async def of_cohort(self, cohort_id: str) -> list[EventDetails]:
        found = [one for one in self._kept.values() if one.cohort_id == cohort_id]
        return sorted(found, key=lambda one: one.activity)

    async def put(self, details: EventDetails) -> None:
        self._kept[details.details_id] = details
