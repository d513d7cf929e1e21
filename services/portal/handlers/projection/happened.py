"""Short facts about what happens, for home: which kind of thing, in which programme, at which school."""

from collections.abc import Mapping
from hashlib import sha256

from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.events.base import Event

KINDS: Mapping[str, str] = {
    "SchoolEnrolled": "enrolled", "SchoolWithdrawn": "withdrawn", "VisitMoved": "moved", "VisitCancelled": "cancelled",
    "VisitHeld": "held", "FormSubmitted": "written", "AppraisalSubmitted": "written",
    "ProjectFindingsSubmitted": "written", "TaskMissed": "missed", "TaskDone": "done", "ReportCompiled": "report",
}  # fmt: skip
"""Event -> kind of thing."""
ANSWERED = "InvitationAnswered"
"""Of a kind by what the answer says."""


class HappenedProjection:
    """Keeps one fact an event."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def note(self, event: Event, work: UnitOfWork) -> None:
        """Keep it; the same event again is the same fact."""
        name = type(event).__name__
        kind = KINDS.get(name) or getattr(event, "answer", "")
        about = f"{name}:{getattr(event, type(event).aggregate)}:{getattr(event, 'person_id', '')}:{event.version}"
        key = sha256(about.encode()).hexdigest()
        where = getattr(event, "school_id", None) or getattr(event, "host_school_id", None) or ""
        if school := getattr(event, "school", None):
            where = school.school_id
        fields = {"kind": kind, "programme_id": getattr(event, "programme_id", ""), "school_id": where, "at": work.now}
        await self._models.put("happened", key, 1, fields)
