"""A school's findings and action plan, the status of each action."""

import datetime as dt

from services.reporting.domain.entitlement import may_write_findings
from services.reporting.domain.facts import Programme
from services.reporting.domain.findings import action_ids, findings_problems
from services.reporting.domain.forms import ActionState, Findings
from services.reporting.domain.ids import findings_id, report_id
from services.reporting.domain.problems import refuse
from services.reporting.domain.requests import ASKED, REMINDED, about
from services.reporting.domain.status import OVERDUE, is_open
from services.reporting.handlers.commands.awaited import mark_awaited
from services.reporting.ports.facts import Facts
from services.reporting.ports.forms import Forms
from services.reporting.ports.reports import Reports
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.reporting import SubmitFindings, UpdateAction
from shared.errors import Rejected
from shared.events.reporting import ActionUpdated, ProjectFindingsSubmitted

__all__ = ["FindingsForms"]


class FindingsForms:
    """One method a command."""

    def __init__(self, facts: Facts, forms: Forms, reports: Reports) -> None:
        self._facts = facts
        self._forms = forms
        self._reports = reports

    async def submit(self, command: SubmitFindings, work: UnitOfWork) -> Done:
        """Findings come in, for the first time or as a new version."""
        programme = await self._programme(command.programme_id)
        member = await self._facts.member(command.programme_id, command.school_id)
        member = may_write_findings(programme, member, command.person_id)
        groups = await self._facts.groups(command.cohort_id)
        if not any(member.school_id in group.school_ids for group in groups):
            raise Rejected("unknown-cohort", "This school is not in a group of this cohort.")
        today = programme.local_day(work.now)
        refuse(
            findings_problems(command.summary, command.findings, command.actions, today, programme.longest("findings"))
        )
        known_id = findings_id(command.cohort_id, command.school_id, command.project_id)
        before = await self._forms.findings(known_id)
        given = command.model_dump()
        if before is not None and before.model_dump(include=set(given)) == given:
            return Done(id=known_id, version=before.version, sentence="Your findings are saved.")
        version = before.version + 1 if before else 1
        kept = dict(zip((a.what for a in before.actions), before.action_ids, strict=True)) if before else {}
        ids = action_ids(known_id, kept, command.actions, version)
        findings = Findings(findings_id=known_id, action_ids=ids, submitted_at=work.now, version=version, **given)
        await self._forms.put_findings(findings)
        await self._keep_actions(findings, programme, work)
        await mark_awaited(
            self._reports,
            report_id("action-plan", known_id),
            "action-plan",
            programme,
            work.now,
            awaited=version,
            subject=member.name,
            cohort_id=command.cohort_id,
            school_id=command.school_id,
        )
        self._tell(findings, work)
        return Done(id=known_id, version=version, sentence="Your findings are saved; the report is being made.")

    async def update_action(self, command: UpdateAction, work: UnitOfWork) -> Done:
        """The status of an action has changed."""
        action = await self._forms.action(command.action_id)
        if action is None or action.gone or action.findings_id != command.findings_id:
            raise Rejected("unknown-action", "There is no such action in the plan.")
        programme = await self._programme(action.programme_id)
        member = await self._facts.member(action.programme_id, action.school_id)
        may_write_findings(programme, member, command.person_id)
        if action.status == command.status:
            return Done(id=action.action_id, version=action.version, sentence="The action is saved.")
        action = action.model_copy(update={"status": command.status, "version": action.version + 1})
        await self._forms.put_action(action)
        findings = await self._forms.findings(action.findings_id)
        if findings is not None:
            await self._forms.put_findings(findings.with_status(action.action_id, action.status))
        self._remind(action, programme, work)
        work.publish(
            ActionUpdated(
                version=action.version,
                action_id=action.action_id,
                findings_id=action.findings_id,
                school_id=action.school_id,
                programme_id=action.programme_id,
                status=action.status,
            )
        )
        return Done(id=action.action_id, version=action.version, sentence="The action is saved.")

    async def _programme(self, programme_id: str) -> Programme:
        programme = await self._facts.programme(programme_id)
        if programme is None:
            raise Rejected("unknown-programme", "There is no such programme.")
        return programme

    async def _keep_actions(self, findings: Findings, programme: Programme, work: UnitOfWork) -> None:
        before = await self._forms.actions(findings.findings_id)
        for action_id, planned in zip(findings.action_ids, findings.actions, strict=True):
            known = before.pop(action_id, None)
            action = ActionState(
                action_id=action_id,
                findings_id=findings.findings_id,
                programme_id=findings.programme_id,
                school_id=findings.school_id,
                due=planned.due,
                status=planned.status,
                version=known.version if known else 0,
            )
            await self._forms.put_action(action)
            self._remind(action, programme, work)
        for gone in before.values():
            await self._forms.put_action(gone.model_copy(update={"gone": True}))
            work.cancel_reminder(OVERDUE, gone.action_id)

    @staticmethod
    def _remind(action: ActionState, programme: Programme, work: UnitOfWork) -> None:
        day_after = action.due + dt.timedelta(days=1)
        if is_open(action.status) and day_after > programme.local_day(work.now):
            work.remind(OVERDUE, action.action_id, programme.morning(day_after))
        else:
            work.cancel_reminder(OVERDUE, action.action_id)

    @staticmethod
    def _tell(findings: Findings, work: UnitOfWork) -> None:
        if findings.project_id is None:
            request = about(findings.programme_id, findings.cohort_id, findings.school_id)["request_id"]
            work.cancel_reminder(ASKED, request)
            work.cancel_reminder(REMINDED, request)
        work.publish(
            ProjectFindingsSubmitted(
                version=findings.version,
                findings_id=findings.findings_id,
                programme_id=findings.programme_id,
                cohort_id=findings.cohort_id,
                school_id=findings.school_id,
                person_id=findings.person_id,
                project_id=findings.project_id,
            )
        )
