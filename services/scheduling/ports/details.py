"""What the coordinator has entered for cohort events."""

from typing import Protocol

from services.scheduling.domain.visits.event_programme import EventDetails

__all__ = ["Details"]


class Details(Protocol):
    """Venues and agendas of events."""

    async def details(self, details_id: str) -> EventDetails | None:
        """What was entered for an event."""
        ...

    async def of_cohort(self, cohort_id: str) -> list[EventDetails]:
        """What was entered for the events of a cohort, by activity."""
        ...

    async def put(self, details: EventDetails) -> None:
        """Save it."""
        ...
