"""Forms asked for and sent in, and reports ready to read."""

from services.portal.ports.forms import FormChanges
from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.events import reports
from shared.events.reporting import (
    AppraisalSubmitted,
    FindingsRequested,
    ProjectFindingsSubmitted,
    ReportCompiled,
    TakeHomeRecorded,
)


class FormProjection:
    """Keeps what is due, sent in and ready."""

    def __init__(self, models: Models, forms: FormChanges) -> None:
        self._models = models
        self._forms = forms

    async def asked(self, event: FindingsRequested, work: UnitOfWork) -> None:
        """Keep that a school's pair is asked for findings; a reminder is the same request."""
        fields = event.model_dump(mode="json", exclude={"version", "request_id", "reminder"})
        await self._models.put("findings_asked", event.request_id, event.version, fields)

    async def findings(self, event: ProjectFindingsSubmitted, work: UnitOfWork) -> None:
        """Keep that a school's findings are in."""
        await self._forms.findings_sent(event.cohort_id, event.school_id)

    async def appraisal(self, event: AppraisalSubmitted, work: UnitOfWork) -> None:
        """Keep that the appraisal of a visit is in."""
        await self._forms.sent("appraisal", event.visit_id, event.person_id)

    async def take_home(self, event: TakeHomeRecorded, work: UnitOfWork) -> None:
        """Keep that a visitor has said what they take home."""
        await self._forms.sent("take-home", event.visit_id, event.person_id)

    async def compiled(self, event: ReportCompiled, work: UnitOfWork) -> None:
        """Keep the latest edition of a report of 0.1.0."""
        fields = event.model_dump(mode="json", exclude={"version", "report_id", "sha256", "pages", "pdf_bytes"})
        await self._models.put("reports", event.report_id, event.version, fields)

    async def elsewhere(self, event: reports.ReportCompiled, work: UnitOfWork) -> None:
        """Keep nothing of a template's report: `reporting` is asked for it, and for who may read it."""
