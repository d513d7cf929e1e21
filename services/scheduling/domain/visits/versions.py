"""What is published of a programme of 0.1.0 stays in the version that its readers know."""

from shared.events import scheduling, scheduling_parts
from shared.events.base import Event

__all__ = ["in_first_version"]

FIRST: dict[type[Event], type[Event]] = {
    scheduling_parts.VisitScheduled: scheduling.VisitScheduled,
    scheduling_parts.VisitMoved: scheduling.VisitMoved,
    scheduling_parts.VisitChanged: scheduling.VisitChanged,
    scheduling_parts.VisitCancelled: scheduling.VisitCancelled,
    scheduling_parts.VisitHeld: scheduling.VisitHeld,
    scheduling_parts.CohortEventScheduled: scheduling.CohortEventScheduled,
    scheduling_parts.CohortEventMoved: scheduling.CohortEventMoved,
    scheduling_parts.CohortEventChanged: scheduling.CohortEventChanged,
    scheduling_parts.CohortEventCancelled: scheduling.CohortEventCancelled,
    scheduling_parts.CohortEventHeld: scheduling.CohortEventHeld,
}


def in_first_version(event: Event) -> Event:
    """The event as version 1 says it; one that has no other version as it is."""
    first = FIRST.get(type(event))
    return first.model_validate(event.model_dump()) if first else event
