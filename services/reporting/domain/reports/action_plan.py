"""The report of a school's findings and the action plan that follows."""

import datetime as dt
from collections import Counter
from typing import Literal

from services.reporting.domain.reports.model import (
    Bar,
    Card,
    Head,
    Part,
    SchoolLine,
    Segment,
    reference,
    school_facts,
)
from services.reporting.domain.status import RATINGS, STATUS_WORDS, Rating, rating
from services.reporting.domain.words import count, day, listed, sentence, spelt
from shared.commands.reporting import Finding, PlannedAction

MOST_BARS = 8
NO_PRIORITY = "Other actions"


class FindingLine(Part):
    """A finding as the report shows it."""

    title: str
    detail: str
    rating: Rating
    evidence: tuple[str, ...]


class ActionLine(Part):
    """An action as the report shows it."""

    number: int
    what: str
    owner: str
    due: dt.date
    success: str
    status: str
    rating: Rating
    priority: str


class MonthDue(Part):
    """How many open actions fall due in a month."""

    month: dt.date
    number: int


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
    lines = tuple(_action_line(number, action, today) for number, action in enumerate(actions, start=1))
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
        lead=_lead(lines, len(findings)),
        summary=summary,
        cards=_cards(lines, len(findings), visits_attended, today),
        findings=tuple(
            FindingLine(title=f.title, detail=f.detail, rating=f.status, evidence=f.evidence) for f in findings
        ),
        actions=lines,
        bars=_bars(lines),
        months=_months(lines),
    )


def _action_line(number: int, action: PlannedAction, today: dt.date) -> ActionLine:
    return ActionLine(
        number=number,
        what=action.what,
        owner=action.owner,
        due=action.due,
        success=action.success,
        status=STATUS_WORDS[action.status],
        rating=rating(action.status, action.due, today),
        priority=action.priority.strip(),
    )


def _lead(actions: tuple[ActionLine, ...], findings: int) -> str:
    if not actions:
        return f"{sentence(count(findings, 'finding'))}, with no action planned yet."
    how = Counter(action.rating for action in actions)
    words = {"complete": "complete", "on-track": "on track", "at-risk": "at risk", "off-track": "off track"}
    parts = [f"{spelt(how[key])} {_is(how[key])} {words.get(key, 'dropped')}" for key in RATINGS if how[key]]
    if len(parts) == 1 and len(actions) > 1:
        all_of_them = "Both" if len(actions) == 2 else f"All {spelt(len(actions))}"
        state = parts[0].partition(" are ")[2]
        return f"{sentence(count(findings, 'finding'))}. {all_of_them} actions are {state}."
    return f"{sentence(count(findings, 'finding'))}. Of {count(len(actions), 'action')}, {listed(parts)}."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _cards(actions: tuple[ActionLine, ...], findings: int, visits: int, today: dt.date) -> tuple[Card, ...]:
    waiting = [action for action in actions if action.rating in ("on-track", "at-risk", "off-track")]
    late = sum(action.rating == "off-track" for action in waiting)
    ahead = sorted(action.due for action in waiting if action.due >= today)
    complete = sum(action.rating == "complete" for action in actions)
    return (
        Card(
            label="Actions complete",
            value=f"{complete} of {len(actions)}" if actions else "None yet",
            note=f"{len(waiting)} still to do" if actions else "no action planned",
        ),
        Card(label="Past their due date", value=str(late), note="open and late" if late else "nothing is late"),
        Card(
            label="Next due",
            value=f"{ahead[0].day} {ahead[0]:%b %Y}" if ahead else "None",
            note=f"{ahead.count(ahead[0])} due that day" if ahead else "no open action ahead",
        ),
        Card(
            label="Findings",
            value=str(findings),
            note=f"after {count(visits, 'visit')}" if visits else "each with its evidence",
        ),
    )


def _bars(actions: tuple[ActionLine, ...]) -> tuple[Bar, ...]:
    by_priority: dict[str, Counter[Rating]] = {}
    for action in actions:
        by_priority.setdefault(action.priority or NO_PRIORITY, Counter())[action.rating] += 1
    if len(by_priority) > MOST_BARS:
        rest: Counter[Rating] = Counter()
        for key in list(by_priority)[MOST_BARS - 1 :]:
            rest += by_priority.pop(key)
        by_priority[NO_PRIORITY] = by_priority.get(NO_PRIORITY, Counter()) + rest
    return tuple(
        Bar(
            label="All actions" if len(by_priority) == 1 and label == NO_PRIORITY else label,
            segments=tuple(Segment(rating=key, number=how[key]) for key in RATINGS if how[key]),
        )
        for label, how in by_priority.items()
    )


def _months(actions: tuple[ActionLine, ...]) -> tuple[MonthDue, ...]:
    """Every month from the first to the last due date, at most a year and a half, with its number of open actions."""
    waiting = [action for action in actions if action.rating in ("on-track", "at-risk", "off-track")]
    if not waiting:
        return ()
    found: list[MonthDue] = []
    due = Counter(action.due.replace(day=1) for action in waiting)
    month, last = min(due), max(due)
    while month <= last and len(found) < 18:
        found.append(MonthDue(month=month, number=due[month]))
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return tuple(found)
