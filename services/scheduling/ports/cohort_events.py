"""Cohort events, of which one for very many people is in parts."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from services.scheduling.domain.visits.records import EventDecision, EventRecord
from services.scheduling.planner.model import CohortEvent

__all__ = ["CohortEvents"]


class CohortEvents(Protocol):
    """Cohort events and their parts."""

    async def event(self, event_id: str) -> EventRecord:
        """An event, or a part of one. Raises Rejected("unknown-event")."""
        ...

    async def put(self, events: Sequence[EventRecord]) -> None:
        """Save them."""
        ...

    async def of_cohort(self, cohort_id: str) -> list[EventRecord]:
        """All events of a cohort by date."""
        ...

    async def of_duties(self, duty_ids: Collection[str], since: dt.date) -> dict[str, list[EventRecord]]:
        """Duty -> its visits of that day and later, by date; duties without any are left out."""
        ...

    async def dates(self, cohort_id: str) -> tuple[CohortEvent, ...]:
        """The days of a cohort's events that take place, each event once, without its people."""
        ...

    async def parts_at(
        self, cohort_id: str, activity: str, schools: Iterable[str], people: Iterable[str]
    ) -> list[EventRecord]:
        """The parts of an event that invite one of these people or of these schools, else one other part."""
        ...

    async def decide(self, cohort_id: str, activity: str, decision: EventDecision) -> None:
        """Decide about all open parts of an event: drafts follow at once, the others by `next_decided`."""
        ...

    async def next_decided(self) -> EventRecord | None:
        """A part of an event with a decision that is still to be published, if there is any."""
        ...
