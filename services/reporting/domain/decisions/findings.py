"""A school's findings and action plan come in."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.reporting.domain.decisions.actions import overdue_reminder, planned_actions
from services.reporting.domain.decisions.decision import Answered, Reminder, ReminderKey
from services.reporting.domain.decisions.reports import awaited_report
from services.reporting.domain.entitlement import may_write_findings
from services.reporting.domain.facts import Group, Member, Programme
from services.reporting.domain.findings import action_ids, findings_problems
from services.reporting.domain.forms import ActionState, Findings
from services.reporting.domain.ids import findings_id, report_id
from services.reporting.domain.problems import refuse
from services.reporting.domain.records import ReportRecord
from services.reporting.domain.requests import ASKED, REMINDED, about
from services.reporting.domain.status import OVERDUE
from shared.commands.base import Done
from shared.commands.reporting import SubmitFindings
from shared.errors import Rejected
from shared.events.reporting import ProjectFindingsSubmitted


@dataclass(frozen=True, kw_only=True)
class Submitted(Answered[Findings]):
    """`actions`: each action as it stands now, those left out of the plan marked as gone."""

    actions: tuple[ActionState, ...] = ()


def submit_findings(
    form: SubmitFindings,
    programme: Programme,
    member: Member | None,
    groups: Iterable[Group],
    *,
    before: Findings | None,
    actions: Mapping[str, ActionState],
    report: ReportRecord | None,
    now: dt.datetime,
) -> Submitted:
    """Take findings as a new version; the same again changes nothing. `actions`: those of the version before, by id.

    Raises Rejected: unknown-school, not-entitled, unknown-cohort, missing, too-long, too-many, due.
    """
    member = may_write_findings(programme, member, form.person_id)
    if not any(member.school_id in group.school_ids for group in groups):
        raise Rejected("unknown-cohort", "This school is not in a group of this cohort.")
    today, longest = programme.local_day(now), programme.longest("findings")
    refuse(findings_problems(form.summary, form.findings, form.actions, today, longest))
    known_id = findings_id(form.cohort_id, form.school_id, form.project_id)
    given = form.model_dump()
    if before is not None and before.model_dump(include=set(given)) == given:
        return Submitted(done=Done(id=known_id, version=before.version, sentence="Your findings are saved."))
    version = before.version + 1 if before else 1
    kept = dict(zip((a.what for a in before.actions), before.action_ids, strict=True)) if before else {}
    ids = action_ids(known_id, kept, form.actions, version)
    findings = Findings(findings_id=known_id, action_ids=ids, submitted_at=now, version=version, **given)
    planned, gone = planned_actions(findings, actions)
    watched = [overdue_reminder(action, programme, today) for action in planned]
    return Submitted(
        done=Done(id=known_id, version=version, sentence="Your findings are saved; the report is being made."),
        record=findings,
        actions=(*planned, *gone),
        report=_report(findings, programme, member, report, now),
        events=(_submitted(findings),),
        reminders=tuple(one for one in watched if isinstance(one, Reminder)),
        cancelled=(*(one for one in watched if isinstance(one, ReminderKey)), *_cancelled(findings, gone)),
    )


def _report(
    findings: Findings, programme: Programme, member: Member, before: ReportRecord | None, now: dt.datetime
) -> ReportRecord:
    return awaited_report(
        before,
        report_id("action-plan", findings.findings_id),
        "action-plan",
        programme,
        now,
        awaited=findings.version,
        subject=member.name,
        cohort_id=findings.cohort_id,
        school_id=findings.school_id,
    )


def _cancelled(findings: Findings, gone: Iterable[ActionState]) -> list[ReminderKey]:
    """Actions that are gone are watched no more, and a school whose findings are in is asked no more."""
    keys = [ReminderKey(OVERDUE, action.action_id) for action in gone]
    if findings.project_id is None:
        request = about(findings.programme_id, findings.cohort_id, findings.school_id)["request_id"]
        keys += [ReminderKey(ASKED, request), ReminderKey(REMINDED, request)]
    return keys


def _submitted(findings: Findings) -> ProjectFindingsSubmitted:
    return ProjectFindingsSubmitted(
        version=findings.version,
        findings_id=findings.findings_id,
        programme_id=findings.programme_id,
        cohort_id=findings.cohort_id,
        school_id=findings.school_id,
        person_id=findings.person_id,
        project_id=findings.project_id,
    )
