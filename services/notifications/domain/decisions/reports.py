"""Findings, actions and reports: who is asked for them and who gets them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain import completions
from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import Due, ReportFacts, ReportFailure
from services.notifications.domain.directory import Programme
from services.notifications.domain.mailings import Occasion, mails_of, to_coordinator
from services.notifications.domain.recipients import Cast
from services.notifications.domain.routing import for_findings, for_report
from services.notifications.domain.targets import Concerned
from shared.events.reporting import (
    ActionOverdue,
    ActionUpdated,
    FindingsRequested,
    ProjectFindingsSubmitted,
    ReportCompiled,
    ReportFailed,
)


@dataclass(frozen=True)
class ReportRecords:
    """A programme, the people of the schools concerned, and the ids of its facilitators."""

    programme: Programme
    people: Sequence[Concerned] = ()
    facilitator_ids: Sequence[str] = ()


def findings_requested(records: ReportRecords, event: FindingsRequested, now: dt.datetime) -> Decision:
    """Ask these people for their school's findings, or remind them."""
    asked = [person for person in records.people if person.person_id in event.person_ids]
    refs = {"cohort": event.cohort_id, "school": event.school_id}
    occasion = Occasion("FindingsRequested", event.request_id, event.version, refs, Due(due=event.due))
    specs = for_findings(records.programme.mails, reminder=event.reminder)
    return Decision(mails_of(occasion, records.programme, {"asked": asked}, now, specs))


def findings_submitted(event: ProjectFindingsSubmitted) -> Decision:
    """End the reminders for these findings."""
    return Decision(completed={completions.findings(event.cohort_id, event.school_id): 0})


def compiled(records: ReportRecords, event: ReportCompiled, now: dt.datetime) -> Decision:
    """Send the report to the roles that it names."""
    leads = [Concerned(one, "facilitator") for one in records.facilitator_ids]
    cast: Cast = {
        "school": records.people,
        "facilitator": leads if event.visit_id is None else [],
        **to_coordinator(records.programme),
    }
    refs = {"report": event.report_id, "cohort": event.cohort_id, "target_kind": "visit"}
    refs |= {"school": event.school_id} if event.school_id else {}
    refs |= {"target": event.visit_id} if event.visit_id else {}
    facts = ReportFacts(kind=event.kind, edition=event.edition, pages=event.pages, size=event.pdf_bytes)
    occasion = Occasion("ReportCompiled", event.report_id, event.edition, refs, facts)
    specs = for_report(records.programme.mails, records.programme.reports, event.kind)
    return Decision(mails_of(occasion, records.programme, cast, now, specs))


def failed(records: ReportRecords, event: ReportFailed, now: dt.datetime) -> Decision:
    """Tell the coordinator."""
    refs = {"school": event.school_id} if event.school_id else {}
    failure = ReportFailure(kind=event.kind, reason=event.reason)
    occasion = Occasion("ReportFailed", event.report_id, event.version, refs, failure)
    return Decision(mails_of(occasion, records.programme, to_coordinator(records.programme), now))


def overdue(records: ReportRecords, event: ActionOverdue, now: dt.datetime) -> Decision:
    """Remind the school of an action."""
    refs = {"school": event.school_id, "action": event.action_id}
    occasion = Occasion("ActionOverdue", event.action_id, event.version, refs, Due(due=event.due))
    return Decision(mails_of(occasion, records.programme, {"school": records.people}, now))


def action_updated(event: ActionUpdated) -> Decision:
    """End the reminders for an action that is done or dropped."""
    if event.status in {"done", "dropped"}:
        return Decision(completed={completions.action(event.action_id): 0})
    return Decision()
