"""Cohort events and their parts in memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from services.scheduling.domain.visits.records import EventDecision, EventRecord
from services.scheduling.planner.model import CohortEvent
from shared.errors import Rejected
from tests.fakes.memory import Memory
from tests.fakes.scheduling.found import by_key, events_by_date, schools_of, standing


class MemoryCohortEvents:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["events"]

    async def event(self, event_id: str) -> EventRecord:
        if event_id not in self._kept:
            raise Rejected("unknown-event", f"There is no cohort event '{event_id[:60]}'.")
        found: EventRecord = self._kept[event_id]
        return found

    async def put(self, events: Sequence[EventRecord]) -> None:
        self._kept.update({each.event.event_id: each for each in events})

    async def of_cohort(self, cohort_id: str) -> list[EventRecord]:
        return events_by_date(each for each in self._kept.values() if each.event.cohort_id == cohort_id)

    async def of_duties(self, duty_ids: Collection[str], since: dt.date) -> dict[str, list[EventRecord]]:
        found = defaultdict[str, list[EventRecord]](list)
        for each in events_by_date(self._kept.values()):
            if each.duty in duty_ids and each.event.on >= since:
                found[each.duty].append(each)
        return dict(found)

    async def dates(self, cohort_id: str) -> tuple[CohortEvent, ...]:
        taking_place = [each for each in await self.of_cohort(cohort_id) if standing(each)]
        dates = [(each.event.activity, each.takes_place_on) for each in taking_place]
        return tuple(dict.fromkeys(CohortEvent(activity, on) for activity, on in dates if on))

    async def parts_at(
        self, cohort_id: str, activity: str, schools: Iterable[str], people: Iterable[str]
    ) -> list[EventRecord]:
        wanted, persons = set(schools), set(people)
        parts = self._parts(cohort_id, activity)
        theirs = [each for each in parts if wanted & schools_of(each) or persons.intersection(each.invited)]
        return theirs or parts[:1]

    async def decide(self, cohort_id: str, activity: str, decision: EventDecision) -> None:
        for part in self._parts(cohort_id, activity):
            if part.state == "draft":
                self._kept[part.event.event_id] = _redated(part, decision)
            elif part.state == "published":
                self._kept[part.event.event_id] = part.model_copy(update={"decided": decision})

    async def next_decided(self) -> EventRecord | None:
        return next((each for each in by_key(self._kept) if each.decided), None)

    def _parts(self, cohort_id: str, activity: str) -> list[EventRecord]:
        of_it = (each for each in by_key(self._kept) if each.event.cohort_id == cohort_id)
        return [each for each in of_it if each.event.activity == activity]


def _redated(part: EventRecord, decision: EventDecision) -> EventRecord:
    update: dict[str, Any] = {"why": decision.said} if decision.said else {}
    if decision.on is None:
        return part.model_copy(update={**update, "state": "cancelled"})
    pinned = part.pinned or decision.chosen
    return part.model_copy(
        update={**update, "pinned": pinned, "event": part.event.model_copy(update={"on": decision.on})}
    )
