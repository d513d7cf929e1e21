"""What templates are given: the report's model as plain data, with dates in words and charts drawn.

Page and PDF get the same view, so they cannot say different things.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar, cast

from services.reporting.domain.reports.action_plan import ActionPlanReport
from services.reporting.domain.reports.appraisal import AppraisalReport
from services.reporting.domain.reports.blocks import ActionsPart, BlockPart, BlockReport, FindingsPart, TablePart
from services.reporting.domain.reports.impact import ImpactReport, Line
from services.reporting.domain.reports.kinds import Report
from services.reporting.domain.reports.model import Bar
from services.reporting.domain.reports.plan_figures import MonthDue
from services.reporting.domain.status import RATING_WORDS
from services.reporting.domain.words import short_day
from services.reporting.render.charts import months_chart, share_charts, status_chart
from services.reporting.render.colours import palette
from services.reporting.render.svg import Chart
from services.reporting.render.text import paragraphs

R = TypeVar("R", bound=Report)
View = dict[str, Any]


def view(report: Report) -> View:
    """The report as plain data for templates: strings, numbers, lists and dictionaries only."""
    data: View = report.model_dump(mode="json")
    data["colours"] = palette()
    data["words"] = dict(RATING_WORDS)
    match report:
        case ActionPlanReport():
            _action_plan(report, data)
        case ImpactReport():
            _impact(report, data)
        case AppraisalReport():
            for section in data["sections"]:
                section["lines"] = [paragraphs(line) for line in section["lines"]]
        case BlockReport():
            data["summary"] = paragraphs(report.summary)
            for part, shown in zip(report.parts, data["parts"], strict=True):
                _block(part, shown)
    return data


def _action_plan(report: ActionPlanReport, data: View) -> None:
    data["summary"] = paragraphs(report.summary)
    for finding, shown in zip(report.findings, data["findings"], strict=True):
        shown["detail"] = paragraphs(finding.detail)
    for action, shown in zip(report.actions, data["actions"], strict=True):
        shown["due"] = short_day(action.due)
    data["charts"] = _plan_charts(report.bars, report.months)


def _plan_charts(bars: tuple[Bar, ...], months: tuple[MonthDue, ...]) -> list[View]:
    charts = [status_chart(bars)] if bars else []
    if months:
        charts.append(months_chart(months))
    return [asdict(chart) for chart in charts]


def _block(part: BlockPart, shown: View) -> None:
    """Bring a part into the shape that both templates print: text in paragraphs, days in words, charts drawn."""
    for name in ("text", "lines"):
        if name in shown:
            shown[name] = paragraphs(shown[name]) if name == "text" else [paragraphs(one) for one in shown[name]]
    match part:
        case FindingsPart():
            for finding in shown["findings"]:
                finding["detail"] = paragraphs(finding["detail"])
        case ActionsPart():
            for action, line in zip(part.actions, shown["actions"], strict=True):
                line["due"] = short_day(action.due)
            shown["charts"] = _plan_charts(part.bars, part.months)
        case TablePart():
            shown["charts"] = _plan_charts(part.bars, ())
        case _:
            pass


def _impact(report: ImpactReport, data: View) -> None:
    charts = share_charts([report.total], "Whole cohort")
    by_group: list[Chart] = []
    if len(report.groups) > 1:
        by_group = share_charts([group.total for group in report.groups], "Agreement by group")
    data["total_charts"] = [asdict(chart) for chart in charts]
    data["group_charts"] = [asdict(chart) for chart in by_group]
    data["statements"] = [share.label for share in report.total.shares]
    data["rows"] = {
        "groups": [
            {"total": _cells(group.total), "visits": [_cells(visit) for visit in group.visits]}
            for group in report.groups
        ],
        "events": [_cells(event) for event in report.events],
    }


def _cells(line: Line) -> View:
    return {
        "about": line.about,
        "cells": [
            {"share": share.percent, "counts": f"{share.agree:,} of {share.answers:,}"}
            if share.answers
            else {"share": "", "counts": "too few to show"}
            for share in line.shares
        ],
    }


def changed(report: R, change: Callable[[str], str]) -> R:
    """The report with every text in it changed, validated again."""
    made = type(report).model_validate(_mapped(report.model_dump(mode="json"), change))
    return cast("R", made)


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(part, change) for part in value]
    if isinstance(value, dict):
        return {key: _mapped(part, change) for key, part in value.items()}
    return value
