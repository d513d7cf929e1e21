"""What `scheduling` tells of visits and cohort events, for readers that take either version."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from shared.events import scheduling, scheduling_parts
from shared.events.base import Event

T = TypeVar("T")

Attendee = scheduling.Attendee | scheduling_parts.Attendee
VisitScheduled = scheduling.VisitScheduled | scheduling_parts.VisitScheduled
VisitMoved = scheduling.VisitMoved | scheduling_parts.VisitMoved
VisitChanged = scheduling.VisitChanged | scheduling_parts.VisitChanged
VisitCancelled = scheduling.VisitCancelled | scheduling_parts.VisitCancelled
VisitHeld = scheduling.VisitHeld | scheduling_parts.VisitHeld
Visit = VisitScheduled | VisitMoved | VisitChanged | VisitCancelled
CohortEventScheduled = scheduling.CohortEventScheduled | scheduling_parts.CohortEventScheduled
CohortEventMoved = scheduling.CohortEventMoved | scheduling_parts.CohortEventMoved
CohortEventChanged = scheduling.CohortEventChanged | scheduling_parts.CohortEventChanged
CohortEventCancelled = scheduling.CohortEventCancelled | scheduling_parts.CohortEventCancelled
CohortEventHeld = scheduling.CohortEventHeld | scheduling_parts.CohortEventHeld
CohortEvent = CohortEventScheduled | CohortEventMoved | CohortEventChanged | CohortEventCancelled


def attendees(told: Iterable[Attendee]) -> tuple[scheduling_parts.Attendee, ...]:
    """People of a visit or event as version 2 says them."""
    return tuple(scheduling_parts.Attendee.model_validate(one.model_dump()) for one in told)


def in_both(of_first: Mapping[type[Event], T]) -> dict[type[Event], T]:
    """The same for both versions of each event; what stands under version 1 goes for its namesake, too."""
    return {**of_first, **{getattr(scheduling_parts, event.__name__): each for event, each in of_first.items()}}
