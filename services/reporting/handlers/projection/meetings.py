"""Visits and cohort events as scheduling publishes them: the newest state wins, whatever the order of arrival."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, get_args

from services.reporting.domain.facts import Meeting
from services.reporting.handlers.ordering import ReportOrders
from services.reporting.ports.facts import Meetings
from shared.bus import UnitOfWork
from shared.events import agreed_visits, either, scheduling, sessions

__all__ = ["MeetingProjection"]

AgreedDay = (
    agreed_visits.AgreedVisitScheduled
    | agreed_visits.AgreedVisitMoved
    | agreed_visits.AgreedVisitChanged
    | agreed_visits.AgreedVisitCancelled
    | agreed_visits.AgreedVisitHeld
)

Planned = either.VisitScheduled | either.VisitMoved | either.VisitChanged
EventPlanned = either.CohortEventScheduled | either.CohortEventMoved | either.CohortEventChanged


class MeetingProjection:
    """One method an event."""

    def __init__(self, meetings: Meetings, orders: ReportOrders) -> None:
        self._meetings = meetings
        self._orders = orders

    def handlers(self) -> Mapping[type[Any], Callable[..., Awaitable[None]]]:
        """Event -> handler, to be joined with the service's others."""
        by_round: dict[type[Any], Callable[..., Awaitable[None]]] = {
            scheduling.VisitScheduled: self.visit_planned,
            scheduling.VisitMoved: self.visit_planned,
            scheduling.VisitChanged: self.visit_planned,
            scheduling.VisitCancelled: self.visit_cancelled,
            scheduling.VisitHeld: self.visit_held,
            scheduling.CohortEventScheduled: self.event_planned,
            scheduling.CohortEventMoved: self.event_planned,
            scheduling.CohortEventChanged: self.event_planned,
            scheduling.CohortEventCancelled: self.event_cancelled,
            scheduling.CohortEventHeld: self.event_held,
        }
        days: dict[type[Any], Callable[..., Awaitable[None]]] = {
            **dict.fromkeys(get_args(AgreedDay), self.agreed),
            sessions.SessionCaughtUp: self.caught_up,
            sessions.SessionPapersDue: self._orders.papers_due,
        }
        return either.in_both(by_round) | days

    async def visit_planned(self, event: Planned, work: UnitOfWork) -> None:
        """A visit has a date and people."""
        await self._keep(Meeting.of_visit(event, event.version), work)

    async def visit_cancelled(self, event: either.VisitCancelled, work: UnitOfWork) -> None:
        """A visit does not take place."""
        await self._keep(Meeting.of_visit(event, event.version).model_copy(update={"cancelled": True}), work)

    async def visit_held(self, event: either.VisitHeld, work: UnitOfWork) -> None:
        """A visit took place."""
        planned = await self._meetings.get(event.visit_id)
        held = Meeting(
            target_id=event.visit_id,
            kind="visit",
            activity=planned.activity if planned else "",
            programme_id=event.programme_id,
            cohort_id=event.cohort_id,
            group_id=event.group_id,
            host_school_id=event.host_school_id,
            on=event.on,
            facilitator_id=event.facilitator_id,
            invited=planned.invited if planned else (),
            present=either.attendees(event.present),
            held=True,
            version=event.version,
        )
        await self._keep(held, work)

    async def event_planned(self, event: EventPlanned, work: UnitOfWork) -> None:
        """A cohort event has a date and people."""
        await self._keep(Meeting.of_event(event, event.version), work)

    async def event_cancelled(self, event: either.CohortEventCancelled, work: UnitOfWork) -> None:
        """A cohort event does not take place."""
        await self._keep(Meeting.of_event(event, event.version).model_copy(update={"cancelled": True}), work)

    async def event_held(self, event: either.CohortEventHeld, work: UnitOfWork) -> None:
        """A cohort event's day is over."""
        planned = await self._meetings.get(event.event_id)
        held = Meeting(
            target_id=event.event_id,
            kind="cohort-event",
            activity=event.activity,
            programme_id=event.programme_id,
            cohort_id=event.cohort_id,
            title=planned.title if planned else "",
            host_school_id=planned.host_school_id if planned else None,
            on=event.on,
            invited=planned.invited if planned else (),
            present=either.attendees(event.present),
            held=True,
            version=event.version,
        )
        await self._keep(held, work)

    async def agreed(self, event: AgreedDay, work: UnitOfWork) -> None:
        """A day that people have agreed: planned, cancelled or over."""
        present = event.present if isinstance(event, agreed_visits.AgreedVisitHeld) else None
        meeting = Meeting.of_agreed(event, event.version, present or ())
        held, cancelled = present is not None, isinstance(event, agreed_visits.AgreedVisitCancelled)
        await self._keep(meeting.model_copy(update={"held": held, "cancelled": cancelled}), work)

    async def caught_up(self, event: sessions.SessionCaughtUp, work: UnitOfWork) -> None:
        """Somebody has made up for days that they missed."""
        for event_id in event.event_ids:
            known = await self._meetings.get(event_id)
            if known is not None and event.person_id not in known.caught_up:
                made_up = (*known.caught_up, event.person_id)
                await self._meetings.put(known.model_copy(update={"caught_up": made_up}))

    async def _keep(self, meeting: Meeting, work: UnitOfWork) -> None:
        known = await self._meetings.get(meeting.target_id)
        if known is not None and known.version >= meeting.version:
            return
        made_up = known.caught_up if known else ()
        await self._meetings.put(meeting.model_copy(update={"caught_up": made_up}))
        if meeting.held:
            await self._orders.held(meeting, work)
