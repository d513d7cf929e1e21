"""The fields of findings and action plan: `finding-<n>-<column>` and `action-<n>-<column>`, see `COLUMNS`."""

from collections.abc import Mapping
from typing import Any

from services.portal.domain.questions import Question
from services.portal.domain.reading import Reading
from services.portal.domain.rows import indexes, is_empty
from shared.commands.reporting import Finding, PlannedAction, SubmitFindings

COLUMNS = {
    "finding": ("title", "detail", "status", "evidence"),
    "action": ("what", "owner", "due", "success", "status"),
}
MOST = {"finding": 30, "action": 60}
FINDING_STATUS = {"complete": "Complete", "on-track": "On track", "at-risk": "At risk", "off-track": "Off track"}
ACTION_STATUS = {"not-started": "Not started", "under-way": "Under way", "done": "Done", "dropped": "Dropped"}
MOST_EVIDENCE = 20

QUESTIONS = (
    Question("summary", "Summary", "Two or three sentences that governors will read first.", free=True, rows=4),
    Question("findings", "Findings", "What you found out this year, each with its evidence."),
    Question("actions", "Action plan", "What happens next: who does what by when, and how you will know it worked."),
)
TITLE = Question("title", "What did you find?", longest=200)
DETAIL = Question("detail", "Tell us more", required=False, free=True, rows=4)
EVIDENCE = Question("evidence", "Evidence", required=False, kind="lines", free=True, rows=3)
WHAT = Question("what", "What will be done?", longest=1000)
OWNER = Question("owner", "Who sees to it?", longest=200)
SUCCESS = Question("success", "How will you know it worked?", longest=1000)


def values_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the form's values for what was sent before; one empty row of each kind where there was none."""
    values = {"summary": str(content.get("summary", ""))}
    findings: list[Any] = list(content.get("findings") or [{}])
    for number, finding in enumerate(findings):
        row = {
            "title": finding.get("title", ""),
            "detail": finding.get("detail", ""),
            "status": finding.get("status", ""),
            "evidence": "\n".join(finding.get("evidence", ())),
        }
        values |= {f"finding-{number}-{column}": str(row[column]) for column in COLUMNS["finding"]}
    actions: list[Any] = list(content.get("actions") or [{}])
    for number, action in enumerate(actions):
        values |= {f"action-{number}-{column}": str(action.get(column, "")) for column in COLUMNS["action"]}
        values[f"action-{number}-status"] = str(action.get("status", "not-started"))
    return values


def read(reading: Reading, questions: Mapping[str, Question], **about: str) -> SubmitFindings:
    """Return the command; rows in which nothing was typed are left out."""
    summary = reading.text("summary", questions["summary"])
    findings = [
        _finding(reading, row)
        for row in indexes(reading.values, "finding")
        if not is_empty(reading.values, "finding", row, ("status",))
    ]
    actions = [
        _action(reading, row)
        for row in indexes(reading.values, "action")
        if not is_empty(reading.values, "action", row, ("status",))
    ]
    for kind, rows, column, sentence in (
        ("finding", findings, "title", "Write at least one finding."),
        ("action", actions, "what", "Write at least one action."),
    ):
        if not rows and questions[f"{kind}s"].required:
            first = next(iter(indexes(reading.values, kind)), None)
            reading.wrong(f"add-{kind}" if first is None else f"{kind}-{first}-{column}", sentence)
    return SubmitFindings(
        summary=summary,
        findings=tuple(one for one in findings if one),
        actions=tuple(one for one in actions if one),
        **about,
    )


def _finding(reading: Reading, row: int) -> Finding | None:
    at = f"finding-{row}-"
    before = len(reading.problems)
    title = reading.line(at + "title", TITLE)
    detail = reading.text(at + "detail", DETAIL)
    evidence = reading.lines(at + "evidence", EVIDENCE, MOST_EVIDENCE)
    status: Any = reading.choice(at + "status", "how does it stand?", tuple(FINDING_STATUS))
    if len(reading.problems) > before:
        return None
    return Finding(title=title, detail=detail, status=status, evidence=evidence)


def _action(reading: Reading, row: int) -> PlannedAction | None:
    at = f"action-{row}-"
    before = len(reading.problems)
    what = reading.text(at + "what", WHAT)
    owner = reading.line(at + "owner", OWNER)
    due = reading.date(at + "due", "When is it due?")
    success = reading.text(at + "success", SUCCESS)
    status: Any = reading.choice(at + "status", "how far is it?", tuple(ACTION_STATUS))
    if len(reading.problems) > before or due is None:
        return None
    return PlannedAction(what=what, owner=owner, due=due, success=success, status=status)
