"""Which event of `scheduling` is handled by what."""

from collections.abc import Awaitable, Callable

from services.notifications.handlers.events.answers import Answers
from services.notifications.handlers.events.cohort_events import CohortEvents
from services.notifications.handlers.events.dates import Dates
from services.notifications.handlers.events.visits import Visits
from shared.events import scheduling, scheduling_dates
from shared.events.base import Event
from shared.events.either import in_both

Handler = Callable[..., Awaitable[None]]


def scheduled(visits: Visits, events: CohortEvents, answers: Answers) -> dict[type[Event], Handler]:
    """Visits, cohort events and answers to invitations."""
    return {
        scheduling.CalendarDrafted: answers.calendar_drafted,
        scheduling.SchedulingFailed: answers.scheduling_failed,
        scheduling.CoordinatorAsked: answers.coordinator_asked,
        scheduling.InvitationAnswered: answers.answered,
        scheduling.InvitationReminderDue: answers.reminder_due,
        scheduling.VisitBriefWritten: visits.brief_written,
        scheduling.VisitBriefDue: visits.brief_due,
        scheduling.VisitDayEnded: visits.day_ended,
        **in_both(
            {
                scheduling.VisitScheduled: visits.scheduled,
                scheduling.VisitMoved: visits.moved,
                scheduling.VisitChanged: visits.changed,
                scheduling.VisitCancelled: visits.cancelled,
                scheduling.VisitHeld: visits.held,
                scheduling.CohortEventScheduled: events.scheduled,
                scheduling.CohortEventMoved: events.moved,
                scheduling.CohortEventChanged: events.changed,
                scheduling.CohortEventCancelled: events.cancelled,
                scheduling.CohortEventHeld: events.held,
            }
        ),
    }


def agreed(dates: Dates) -> dict[type[Event], Handler]:
    """Days that people agree, and calls."""
    return {
        scheduling_dates.DatesOffered: dates.offered,
        scheduling_dates.DatesRefused: dates.refused,
        scheduling_dates.DatesAgreed: dates.agreed,
        scheduling_dates.DatesWithdrawn: dates.agreed,
        scheduling_dates.CallOffered: dates.call_offered,
        scheduling_dates.CallBooked: dates.call,
        scheduling_dates.CallCancelled: dates.call,
    }
