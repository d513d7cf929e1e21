"""Findings, actions and reports: who is asked, who gets what."""

from services.notifications.domain import completions
from services.notifications.domain.details import Due, ReportFacts, ReportFailure
from services.notifications.domain.recipients import Cast
from services.notifications.domain.routing import for_findings, for_report
from services.notifications.domain.targets import Concerned
from services.notifications.handlers.mailings import Mailings, Occasion
from shared.bus.unit_of_work import UnitOfWork
from shared.events.reporting import (
    ActionOverdue,
    ActionUpdated,
    FindingsRequested,
    ProjectFindingsSubmitted,
    ReportCompiled,
    ReportFailed,
)


class Reports:
    """Mails about findings and reports."""

    def __init__(self, mailings: Mailings) -> None:
        self._mailings = mailings

    async def findings_requested(self, event: FindingsRequested, work: UnitOfWork) -> None:
        """Ask these people for their school's findings, or remind them."""
        programme = await self._mailings.programme(event.programme_id)
        people = await self._mailings.school_people(event.programme_id, [event.school_id])
        asked = [person for person in people if person.person_id in event.person_ids]
        refs = {"cohort": event.cohort_id, "school": event.school_id}
        occasion = Occasion("FindingsRequested", event.request_id, event.version, refs, Due(due=event.due))
        specs = for_findings(programme.template.mails, reminder=event.reminder)
        await self._mailings.queue(work, programme, occasion, {"asked": asked}, specs)

    async def findings_submitted(self, event: ProjectFindingsSubmitted, work: UnitOfWork) -> None:
        """Remind them no more."""
        await self._mailings.completions.put(completions.findings(event.cohort_id, event.school_id))

    async def compiled(self, event: ReportCompiled, work: UnitOfWork) -> None:
        """Send the report to the roles that it names."""
        programme = await self._mailings.programme(event.programme_id)
        whose = [event.school_id] if event.school_id else None
        leads = [
            Concerned(one, "facilitator") for one in await self._mailings.programmes.facilitators(event.programme_id)
        ]
        cast: Cast = {
            "school": await self._mailings.school_people(event.programme_id, whose),
            "facilitator": leads if event.visit_id is None else [],
            "coordinator": self._mailings.coordinator(programme),
        }
        refs = {"report": event.report_id, "cohort": event.cohort_id, "target_kind": "visit"}
        refs |= {"school": event.school_id} if event.school_id else {}
        refs |= {"target": event.visit_id} if event.visit_id else {}
        facts = ReportFacts(kind=event.kind, edition=event.edition, pages=event.pages, size=event.pdf_bytes)
        occasion = Occasion("ReportCompiled", event.report_id, event.edition, refs, facts)
        specs = for_report(programme.template.mails, programme.template.reports, event.kind)
        await self._mailings.queue(work, programme, occasion, cast, specs)

    async def failed(self, event: ReportFailed, work: UnitOfWork) -> None:
        """Tell the coordinator."""
        programme = await self._mailings.programme(event.programme_id)
        refs = {"school": event.school_id} if event.school_id else {}
        failure = ReportFailure(kind=event.kind, reason=event.reason)
        occasion = Occasion("ReportFailed", event.report_id, event.version, refs, failure)
        await self._mailings.queue(work, programme, occasion, {"coordinator": self._mailings.coordinator(programme)})

    async def overdue(self, event: ActionOverdue, work: UnitOfWork) -> None:
        """Remind the school of an action."""
        programme = await self._mailings.programme(event.programme_id)
        cast: Cast = {"school": await self._mailings.school_people(event.programme_id, [event.school_id])}
        refs = {"school": event.school_id, "action": event.action_id}
        occasion = Occasion("ActionOverdue", event.action_id, event.version, refs, Due(due=event.due))
        await self._mailings.queue(work, programme, occasion, cast)

    async def action_updated(self, event: ActionUpdated, work: UnitOfWork) -> None:
        """Remind nobody of an action that is done or dropped."""
        if event.status in {"done", "dropped"}:
            await self._mailings.completions.put(completions.action(event.action_id))
