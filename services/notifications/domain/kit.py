"""Mails of the kit that a programme gets whose template says everything, where it has no words of its own.

A template of 0.1.0 lists them itself. Who is invited, and to what, comes from the events.
"""

from pydantic import BaseModel, ConfigDict

from shared.events.template import MailSpec
from shared.template import Template
from shared.template.resolving import roles_named

__all__ = ["KIT", "Route", "Spec", "preparing", "reaches"]


class Route(BaseModel):
    """Which mail goes out when something happened, to everybody whom the event concerns."""

    model_config = ConfigDict(frozen=True)

    on: str
    template: str
    essential: bool = True


Spec = MailSpec | Route


def reaches(spec: Spec, role: str) -> bool:
    """Whether somebody in that role gets the mail."""
    return isinstance(spec, Route) or role in spec.to


def preparing(template: Template) -> tuple[str, ...]:
    """Roles at the school that hosts a visit of which something is asked for it: they hear of its changes, too."""
    return roles_named((who for task in template.tasks for who in task.who), template, {"host"})


KIT: tuple[Route, ...] = tuple(
    Route(on=event, template=template, essential=event != "InvitationReminderDue")
    for event, template in (
        ("CohortDrafted", "cohort-draft"),
        ("CohortFormationFailed", "cohort-failed"),
        ("CohortFormed", "cohort-formed"),
        ("CohortFormed", "waiting-list"),
        ("GroupChanged", "group-changed"),
        ("CalendarDrafted", "calendar-draft"),
        ("SchedulingFailed", "scheduling-failed"),
        ("VisitScheduled", "visit-invitation"),
        ("VisitScheduled", "visit-facilitator"),
        ("VisitMoved", "visit-moved"),
        ("VisitChanged", "visit-changed"),
        ("VisitCancelled", "visit-cancelled"),
        ("VisitDayEnded", "attendance-request"),
        ("CohortEventScheduled", "event-invitation"),
        ("CohortEventMoved", "event-moved"),
        ("CohortEventChanged", "event-changed"),
        ("CohortEventCancelled", "event-cancelled"),
        ("InvitationReminderDue", "invitation-reminder"),
        ("CoordinatorAsked", "coordinator-question"),
        ("ReportFailed", "report-failed"),
        ("MailBounced", "bounce-notice"),
    )
)
