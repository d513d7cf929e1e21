"""Visits, cohort events and answers."""

from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.events.scheduling import (
    CohortEventCancelled,
    CohortEventChanged,
    CohortEventHeld,
    CohortEventMoved,
    CohortEventScheduled,
    InvitationAnswered,
    VisitBriefWritten,
    VisitCancelled,
    VisitChanged,
    VisitHeld,
    VisitMoved,
    VisitScheduled,
)

AnyVisit = VisitScheduled | VisitMoved | VisitChanged | VisitCancelled
AnyCohortEvent = CohortEventScheduled | CohortEventMoved | CohortEventChanged | CohortEventCancelled
REDATED = (VisitScheduled, VisitMoved, CohortEventScheduled, CohortEventMoved)
OF_EVENT = ("version", "event_id", "visit_id", "moved_from", "why", "asked_by", "joined", "left")


class MeetingProjection:
    """Keeps what takes place when, with whom."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def visit(self, event: AnyVisit, work: UnitOfWork) -> None:
        """Keep a visit as it now stands."""
        await self._keep(event, event.visit_id, "visit", await self._title(event))

    async def visit_held(self, event: VisitHeld, work: UnitOfWork) -> None:
        """Keep who was there."""
        present = [attendee.person_id for attendee in event.present]
        fields = {"state": "held", "present": present}
        await self._models.put("dated", event.visit_id, event.version, fields)

    async def brief_written(self, event: VisitBriefWritten, work: UnitOfWork) -> None:
        """Keep that the brief is there."""
        await self._models.mark("dated", event.visit_id, {"brief_written": True})

    async def cohort_event(self, event: AnyCohortEvent, work: UnitOfWork) -> None:
        """Keep a cohort event as it now stands."""
        await self._keep(event, event.event_id, "cohort-event", event.title)

    async def cohort_event_held(self, event: CohortEventHeld, work: UnitOfWork) -> None:
        """Keep that a cohort event is over."""
        present = [attendee.person_id for attendee in event.present]
        await self._models.put("dated", event.event_id, event.version, {"state": "held", "present": present})

    async def answered(self, event: InvitationAnswered, work: UnitOfWork) -> None:
        """Keep a person's latest answer."""
        fields = {
            "target_id": event.target_id,
            "person_id": event.person_id,
            "answer": event.answer,
            "sequence": event.sequence,
        }
        await self._models.put("answers", f"{event.target_id}:{event.person_id}", event.version, fields)

    async def _keep(self, event: AnyVisit | AnyCohortEvent, key: str, kind: str, title: str) -> None:
        cancelled = isinstance(event, VisitCancelled | CohortEventCancelled)
        fields = event.model_dump(mode="json", exclude=set(OF_EVENT))
        fields |= {"kind": kind, "title": title, "state": "cancelled" if cancelled else "published"}
        if isinstance(event, REDATED):
            fields["date_sequence"] = event.sequence
        await self._models.put("dated", key, event.version, fields)

    async def _title(self, event: AnyVisit) -> str:
        programme = await self._models.get("programmes", event.programme_id) or {}
        declared = programme.get("template", {}).get("activities", [])
        return next((str(one["title"]) for one in declared if one["key"] == event.activity), "Visit")
