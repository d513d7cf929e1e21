"""Forms about a visit or event as they are kept: the latest text, how often it was sent, by whom."""

import datetime as dt

from services.reporting.domain.facts import Record
from services.reporting.domain.problems import (
    LONGEST_TEXT,
    Problem,
    lines_problems,
    text_problems,
    whole_form_problems,
)
from shared.commands.reporting import ActionStatus, Agreement, Finding, PlannedAction, SubmitAppraisal
from shared.errors import Rejected

MOST_LINES = 40


class Appraisal(Record):
    """The facilitator's appraisal of a host."""

    visit_id: str
    person_id: str
    strengths: tuple[str, ...]
    develop: tuple[str, ...]
    next_steps: tuple[str, ...]
    evidence: tuple[str, ...]
    submitted_at: dt.datetime
    version: int


class TakeHome(Record):
    """What a visitor takes home."""

    take_home_id: str
    visit_id: str
    person_id: str
    learnt: str
    will_use: str
    contact_consent: bool
    version: int


class SurveyAnswer(Record):
    """A person's answer. `block_id`: the block it was released in, if any; a later change is kept but not released."""

    response_id: str
    target_id: str
    cohort_id: str
    person_id: str
    answers: dict[str, Agreement]
    block_id: str | None = None
    version: int


class Findings(Record):
    """One version of a school's findings."""

    findings_id: str
    programme_id: str
    cohort_id: str
    school_id: str
    project_id: str | None
    person_id: str
    summary: str
    findings: tuple[Finding, ...]
    actions: tuple[PlannedAction, ...]
    action_ids: tuple[str, ...]
    submitted_at: dt.datetime
    version: int

    def with_status(self, action_id: str, status: ActionStatus) -> "Findings":
        """The same findings with the status of one action changed."""
        actions = tuple(
            action.model_copy(update={"status": status}) if known == action_id else action
            for known, action in zip(self.action_ids, self.actions, strict=True)
        )
        return self.model_copy(update={"actions": actions})


class ActionState(Record):
    """An action by its id: what timers and updates need of it."""

    action_id: str
    findings_id: str
    programme_id: str
    school_id: str
    due: dt.date
    status: ActionStatus
    version: int = 0
    gone: bool = False


def appraisal_problems(form: SubmitAppraisal, longest: dict[str, int]) -> list[Problem]:
    """Everything wrong with an appraisal. `longest`: the template's most characters of a line, by field."""
    parts = (
        ("strengths", "Strengths seen", form.strengths),
        ("develop", "Points to develop", form.develop),
        ("next_steps", "Next steps", form.next_steps),
        ("evidence", "Evidence", form.evidence),
    )
    found = []
    for field, label, lines in parts:
        found += lines_problems(field, label, lines, most=MOST_LINES, longest=longest.get(field, LONGEST_TEXT))
    return found or whole_form_problems(sum(len(line) for _, _, lines in parts for line in lines))


def take_home_problems(learnt: str, will_use: str, longest: dict[str, int]) -> list[Problem]:
    """Everything wrong with a take-home note."""
    return [
        *text_problems("learnt", "What you learnt", learnt, required=True, longest=longest.get("learnt", LONGEST_TEXT)),
        *text_problems(
            "will_use", "What you will use", will_use, required=True, longest=longest.get("will_use", LONGEST_TEXT)
        ),
    ]


def whole_answer(answers: dict[str, Agreement], statements: dict[str, str]) -> None:
    """Every statement is answered and nothing else. Raises Rejected: no-survey, missing, unknown-statement."""
    if not statements:
        raise Rejected("no-survey", "This programme has no survey.")
    unknown = [key for key in answers if key not in statements]
    if unknown:
        raise Rejected(
            "unknown-statement", "The answers are not about this survey's statements; please reload the page."
        )
    missing = [label for key, label in statements.items() if key not in answers]
    if missing:
        words = ", ".join(f"“{label}”" for label in missing)
        raise Rejected("missing", f"Please say how far you agree with {words}.")
