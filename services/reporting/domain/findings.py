"""Findings with evidence and the action plan that follows from them.

A school's pair submits them; submitting again makes a new version. Nothing is cut or changed on the way in: a form that
breaks a limit is refused whole, with a sentence for every field concerned.
"""

import datetime as dt

from services.reporting.domain.ids import derived
from services.reporting.domain.problems import (
    LONGEST_TEXT,
    Problem,
    lines_problems,
    text_problems,
    whole_form_problems,
)
from shared.commands.reporting import Finding, PlannedAction

MOST_FINDINGS = 60
MOST_ACTIONS = 150
MOST_EVIDENCE = 30
LONGEST_LINE = 2_000
FARTHEST_DUE_YEARS = 10


def findings_problems(
    summary: str,
    findings: tuple[Finding, ...],
    actions: tuple[PlannedAction, ...],
    today: dt.date,
    longest: dict[str, int] | None = None,
) -> list[Problem]:
    """Everything wrong with a submission. `longest`: the template's limits by field (summary, findings, actions)."""
    longest = longest or {}
    found = text_problems(
        "summary", "The summary", summary, required=False, longest=longest.get("summary", LONGEST_TEXT)
    )
    if not findings:
        found.append(Problem("missing", "findings", "There is no finding yet: please write at least one."))
    if len(findings) > MOST_FINDINGS:
        found.append(
            Problem("too-many", "findings", f"There are {len(findings)} findings; {MOST_FINDINGS} is the most.")
        )
    if len(actions) > MOST_ACTIONS:
        found.append(Problem("too-many", "actions", f"There are {len(actions)} actions; {MOST_ACTIONS} is the most."))
    for number, finding in enumerate(findings, start=1):
        found += _finding_problems(number, finding, longest.get("findings", LONGEST_TEXT))
    for number, action in enumerate(actions, start=1):
        found += _action_problems(number, action, today, min(LONGEST_LINE, longest.get("actions", LONGEST_LINE)))
    return found or whole_form_problems(_characters(summary, findings, actions))


def _finding_problems(number: int, finding: Finding, longest: int) -> list[Problem]:
    where, name = f"findings.{number}", f"Finding {number}"
    return [
        *text_problems(
            f"{where}.title", f"The title of finding {number}", finding.title, required=True, longest=LONGEST_LINE
        ),
        *text_problems(
            f"{where}.detail", f"The text of finding {number}", finding.detail, required=False, longest=longest
        ),
        *lines_problems(
            f"{where}.evidence", f"{name}, evidence", finding.evidence, most=MOST_EVIDENCE, longest=LONGEST_LINE
        ),
    ]


def _action_problems(number: int, action: PlannedAction, today: dt.date, longest: int) -> list[Problem]:
    where = f"actions.{number}"
    found = []
    for field, label, value, required in (
        ("what", "What is to be done", action.what, True),
        ("owner", "The owner", action.owner, True),
        ("success", "The success criterion", action.success, True),
        ("priority", "The priority", action.priority, False),
    ):
        found += text_problems(
            f"{where}.{field}", f"{label} (action {number})", value, required=required, longest=longest
        )
    if abs(action.due.year - today.year) > FARTHEST_DUE_YEARS:
        found.append(
            Problem(
                "due", f"{where}.due", f"The due date of action {number} lies in {action.due.year}; please check it."
            )
        )
    return found


def _characters(summary: str, findings: tuple[Finding, ...], actions: tuple[PlannedAction, ...]) -> int:
    texts = [summary]
    for finding in findings:
        texts += [finding.title, finding.detail, *finding.evidence]
    for action in actions:
        texts += [action.what, action.owner, action.success, action.priority]
    return sum(map(len, texts))


def action_ids(
    findings: str, before: dict[str, str], actions: tuple[PlannedAction, ...], version: int
) -> tuple[str, ...]:
    """Give each action an id. One that says what it said in the version before keeps its id (`before`: text -> id)."""
    free, ids = dict(before), []
    for number, action in enumerate(actions):
        kept = free.pop(action.what, None)
        ids.append(kept or derived("act", findings, str(version), str(number)))
    return tuple(ids)
