"""The report of a school's findings and the action plan that follows."""

import datetime as dt
from typing import Literal

from services.reporting.domain.reports import plan_figures
from services.reporting.domain.reports.model import Bar, Card, Head, Part, SchoolLine, reference, school_facts
from services.reporting.domain.reports.plan_figures import ActionLine, MonthDue
from services.reporting.domain.status import Rating
from services.reporting.domain.words import day
from shared.commands.reporting import Finding, PlannedAction


class FindingLine(Part):
    """A finding as the report shows it."""

    title: str
    detail: str
    rating: Rating
    evidence: tuple[str, ...]


class ActionPlanReport(Part):
    """Findings with evidence, and the action plan."""

    kind: Literal["action-plan"] = "action-plan"
    head: Head
    lead: str
    summary: str
    cards: tuple[Card, ...]
    findings: tuple[FindingLine, ...]
    actions: tuple[ActionLine, ...]
    bars: tuple[Bar, ...]
    months: tuple[MonthDue, ...]


def action_plan_report(
    *,
    report_id: str,
    edition: int,
    title: str,
    programme: str,
    cohort: str,
    school: SchoolLine,
    summary: str,
    findings: tuple[Finding, ...],
    actions: tuple[PlannedAction, ...],
    visits_attended: int,
    today: dt.date,
) -> ActionPlanReport:
    """Make the report as it stands on `today`."""
    lines = tuple(plan_figures.action_line(number, action, today) for number, action in enumerate(actions, start=1))
    return ActionPlanReport(
        head=Head(
            programme=programme,
            title=title,
            subject=school.name,
            facts=(*school_facts(school), *([cohort] if cohort else [])),
            prepared=f"Prepared {day(today)} by the school's review pair for the governing body",
            prepared_on=today,
            reference=reference(report_id),
            edition=edition,
        ),
        lead=plan_figures.lead(lines, len(findings)),
        summary=summary,
        cards=plan_figures.cards(lines, len(findings), visits_attended, today),
        findings=tuple(
            FindingLine(title=f.title, detail=f.detail, rating=f.status, evidence=f.evidence) for f in findings
        ),
        actions=lines,
        bars=plan_figures.bars((line.priority, line.rating) for line in lines),
        months=plan_figures.months(lines),
    )
