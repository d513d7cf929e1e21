"""Visits and events as they are listed, in memory."""

from collections.abc import Mapping

from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from tests.fakes.memory import Memory
from tests.fakes.scheduling.found import events_by_date, schools_of, standing, visits_by_date


class MemoryListings:
    def __init__(self, memory: Memory) -> None:
        self._visits, self._events = memory["visits"], memory["events"]

    async def visits(
        self, where: Mapping[str, str], *, drafts: bool, limit: int, offset: int
    ) -> tuple[int, list[VisitRecord]]:
        found = visits_by_date(each for each in self._visits.values() if _matches(each, where, drafts=drafts))
        return len(found), found[offset : offset + limit]

    async def events(self, where: Mapping[str, str], *, drafts: bool) -> list[EventRecord]:
        parts: dict[tuple[str, str], list[EventRecord]] = {}
        for each in events_by_date(each for each in self._events.values() if _matches(each, where, drafts=drafts)):
            parts.setdefault((each.event.cohort_id, each.event.activity), []).append(each)
        return [first if not others else _bare(first) for first, *others in parts.values()]

    async def proposed(self, cohort_id: str) -> tuple[int, list[VisitRecord]]:
        of_it = (each for each in self._visits.values() if each.visit.cohort_id == cohort_id)
        found = visits_by_date(each for each in of_it if standing(each))
        return len(found), [each for each in found if each.proposal]


def _matches(record: VisitRecord | EventRecord, where: Mapping[str, str], *, drafts: bool) -> bool:
    happening = record.visit if isinstance(record, VisitRecord) else record.event
    theirs: dict[str, set[str | None]] = {
        "cohort_id": {happening.cohort_id},
        "group_id": {getattr(happening, "group_id", None)},
        "person_id": {*record.invited},
        "school_id": {*schools_of(record)},
    }
    return (drafts or record.state != "draft") and all(
        not wanted or wanted in theirs[name] for name, wanted in where.items()
    )


def _bare(record: EventRecord) -> EventRecord:
    return record.model_copy(update={"event": record.event.model_copy(update={"attendees": ()})})
