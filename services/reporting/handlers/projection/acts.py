"""What people overrule, release and change, as lines of the audit log: who, by the event's own word for who sent it."""

from collections.abc import Mapping

from services.reporting.handlers.auditing import Auditing
from shared.bus import UnitOfWork
from shared.events import (
    forms,
    participation,
    parties,
    portal,
    programme_states,
    programmes,
    programmes_parts,
    reports,
    rounds,
    scheduling,
    tasks,
    templates,
)
from shared.events.base import Event

__all__ = ["ACTS", "ActLines"]

ACTS: Mapping[type[Event], str] = {
    participation.RuleExcepted: "overruled:rule",
    participation.ParticipationDecided: "overruled:part",
    parties.SchoolCategorised: "overruled:category",
    tasks.TaskExcused: "overruled:task",
    programmes_parts.SchoolWithdrawn: "overruled:enrolment",
    parties.PartyWithdrawn: "overruled:party",
    forms.FormReleased: "released:entry",
    reports.ReportReleased: "released:report",
    reports.ReportPublished: "released:to-all",
    rounds.RoundPublished: "released:round",
    scheduling.CalendarPublished: "released:calendar",
    programme_states.ProgrammePostponed: "changed:postponed",
    programme_states.ProgrammeResumed: "changed:resumed",
    programme_states.ProgrammeCompleted: "changed:completed",
    programme_states.ProgrammeArchived: "changed:archived",
    programmes.PersonErased: "changed:erased",
    templates.TemplateTaken: "changed:template",
    templates.TemplateWithdrawn: "changed:template-back",
    portal.ListExported: "exported:list",
}
"""Event -> what its line says. What nobody sent, such as what a timer did, is no act of a person."""


class ActLines:
    """One method for all of them."""

    def __init__(self, auditing: Auditing) -> None:
        self._auditing = auditing

    async def acted(self, event: Event, work: UnitOfWork) -> None:
        """Somebody did this."""
        if work.actor:
            about = str(getattr(event, type(event).aggregate))
            await self._auditing.note(work.actor, ACTS[type(event)], about, work.now)
