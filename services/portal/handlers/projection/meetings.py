"""Visits, cohort events and answers."""

from services.portal.domain import fields
from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.events import either
from shared.events.scheduling import InvitationAnswered, VisitBriefWritten


class MeetingProjection:
    """Keeps what takes place when, with whom."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def visit(self, event: either.Visit, work: UnitOfWork) -> None:
        """Keep a visit as it now stands."""
        programme = await self._models.get("programmes", event.programme_id)
        programme = programme or await self._models.get("whole_programmes", event.programme_id)
        title = fields.visit_title(programme, event.activity)
        await self._models.put("dated", event.visit_id, event.version, fields.meeting(event, title))

    async def visit_held(self, event: either.VisitHeld, work: UnitOfWork) -> None:
        """Keep who was there."""
        present = [attendee.person_id for attendee in event.present]
        await self._models.put("dated", event.visit_id, event.version, {"state": "held", "present": present})

    async def brief_written(self, event: VisitBriefWritten, work: UnitOfWork) -> None:
        """Keep that the brief is there."""
        await self._models.mark("dated", event.visit_id, {"brief_written": True})

    async def cohort_event(self, event: either.CohortEvent, work: UnitOfWork) -> None:
        """Keep a cohort event as it now stands."""
        await self._models.put("dated", event.event_id, event.version, fields.meeting(event, event.title))

    async def cohort_event_held(self, event: either.CohortEventHeld, work: UnitOfWork) -> None:
        """Keep that a cohort event is over."""
        present = [attendee.person_id for attendee in event.present]
        await self._models.put("dated", event.event_id, event.version, {"state": "held", "present": present})

    async def answered(self, event: InvitationAnswered, work: UnitOfWork) -> None:
        """Keep a person's latest answer."""
        kept = event.model_dump(mode="json", include={"target_id", "programme_id", "person_id", "answer", "sequence"})
        await self._models.put("answers", f"{event.target_id}:{event.person_id}", event.version, kept)
