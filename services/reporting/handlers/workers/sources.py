"""Loads what a report is made of, which was committed before the event that asks for the report."""

from services.reporting.domain.facts import Programme, visits_to_partners
from services.reporting.domain.reports.action_plan import ActionPlanReport, action_plan_report
from services.reporting.domain.reports.appraisal import AppraisalReport, appraisal_report
from services.reporting.domain.reports.impact import ImpactReport, impact_report
from services.reporting.domain.reports.model import SchoolLine
from services.reporting.domain.words import academic_year
from services.reporting.handlers.impact_targets import ImpactTargets
from services.reporting.ports.stores import Stores
from shared.errors import NotYet, Permanent
from shared.events.reporting import AppraisalSubmitted, ImpactReleased, ProjectFindingsSubmitted

__all__ = ["ReportSources"]


class ReportSources:
    """One method a kind of report."""

    def __init__(self, stores: Stores, targets: ImpactTargets) -> None:
        self._stores = stores
        self._targets = targets

    async def action_plan(self, report_id: str, event: ProjectFindingsSubmitted) -> ActionPlanReport:
        """Findings and action plan as they were submitted."""
        findings = await self._stores.findings.version(event.findings_id, event.version)
        if findings is None:
            raise Permanent(f"Version {event.version} of the findings {event.findings_id} is not kept.")
        programme = await self._programme(event.programme_id)
        return action_plan_report(
            report_id=report_id,
            edition=event.version,
            title=programme.title("action-plan"),
            programme=programme.name,
            cohort=f"Cohort of {academic_year(programme.year)}",
            school=await self._school(event.programme_id, event.school_id),
            summary=findings.summary,
            findings=findings.findings,
            actions=findings.actions,
            visits_attended=visits_to_partners(await self._stores.meetings.of_cohort(event.cohort_id), event.school_id),
            today=programme.local_day(findings.submitted_at),
        )

    async def appraisal(self, report_id: str, event: AppraisalSubmitted) -> AppraisalReport:
        """The appraisal of a host."""
        appraisal = await self._stores.appraisals.get(event.visit_id)
        meeting = await self._stores.meetings.get(event.visit_id)
        if appraisal is None or meeting is None or appraisal.version < event.version:
            raise NotYet(f"Version {event.version} of the appraisal of {event.visit_id} is not known yet.")
        programme = await self._programme(event.programme_id)
        group = await self._stores.groups.get(meeting.group_id or "")
        partners = [school for school in group.school_ids if school != event.host_school_id] if group else []
        names = await self._stores.members.of_schools(event.programme_id, partners)
        return appraisal_report(
            report_id=report_id,
            edition=event.version,
            title=programme.title("appraisal"),
            programme=programme.name,
            host=await self._school(event.programme_id, event.host_school_id),
            held_on=meeting.on,
            visitors=sum(person.school_id != event.host_school_id for person in meeting.present),
            partners=tuple(names[school].name for school in partners if school in names),
            strengths=appraisal.strengths,
            develop=appraisal.develop,
            next_steps=appraisal.next_steps,
            evidence=appraisal.evidence,
            today=programme.local_day(appraisal.submitted_at),
        )

    async def impact(self, report_id: str, event: ImpactReleased) -> ImpactReport:
        """What has been released of a cohort up to this release."""
        programme = await self._programme(event.programme_id)
        groups = await self._stores.groups.of_cohort(event.cohort_id)
        return impact_report(
            report_id=report_id,
            edition=event.version,
            title=programme.title("impact"),
            programme=programme.name,
            year=academic_year(programme.year),
            schools=sum(len(group.school_ids) for group in groups),
            blocks=await self._stores.releases.blocks(event.cohort_id, event.version),
            asked=await self._targets.of_cohort(programme, event.cohort_id, groups),
            statements=programme.statements(),
            smallest=programme.smallest_shown,
            today=event.on,
        )

    async def _programme(self, programme_id: str) -> Programme:
        programme = await self._stores.programmes.get(programme_id)
        if programme is None:
            raise NotYet(f"The programme {programme_id} is not known yet.")
        return programme

    async def _school(self, programme_id: str, school_id: str) -> SchoolLine:
        member = await self._stores.members.of_school(programme_id, school_id)
        if member is None:
            raise NotYet(f"The school {school_id} is not known yet.")
        return SchoolLine(name=member.name, urn=member.urn, authority=member.authority)
