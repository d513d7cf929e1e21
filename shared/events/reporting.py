"""What `reporting` publishes: forms that came in and reports that were compiled, by ids only."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import Event

ReportKind = Literal["action-plan", "appraisal", "impact"]


class AppraisalSubmitted(Event):
    """The facilitator has appraised the host of a visit."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "visit_id"
    visit_id: str
    programme_id: str
    cohort_id: str
    host_school_id: str
    person_id: str


class TakeHomeRecorded(Event):
    """A visitor has recorded what they take home from a visit."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "take_home_id"
    take_home_id: str
    visit_id: str
    programme_id: str
    person_id: str


class SurveyAnswered(Event):
    """One more survey answer about a visit or event. The event does not say whose it is."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "response_id"
    response_id: str
    target_id: str
    target_kind: Literal["visit", "cohort-event"]
    programme_id: str
    cohort_id: str


class FindingsRequested(Event):
    """Each of these people is asked for their school's findings."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "request_id"
    request_id: str
    programme_id: str
    cohort_id: str
    school_id: str
    person_ids: tuple[str, ...]
    due: dt.date
    reminder: bool = False


class ProjectFindingsSubmitted(Event):
    """Findings and an action plan have come in."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "findings_id"
    findings_id: str
    programme_id: str
    cohort_id: str
    school_id: str
    person_id: str
    project_id: str | None = None


class ImpactReleased(Event):
    """Impact figures of a cohort are decided; their report is to be compiled. `version` counts the releases."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "cohort_id"
    cohort_id: str
    programme_id: str
    on: dt.date
    answers: int = Field(0, description="answers that no release had counted before: none, or as many as may be shown")


class ReportCompiled(Event):
    """A report is stored, in every format, under its version and hash."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "report_id"
    report_id: str
    kind: ReportKind
    programme_id: str
    cohort_id: str
    school_id: str | None = None
    visit_id: str | None = None
    edition: int
    sha256: str
    pages: int
    pdf_bytes: int
    formats: tuple[str, ...] = ("pdf", "html")


class ReportFailed(Event):
    """A report could not be compiled; `reason` is a sentence for the coordinator without anybody's text in it."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "report_id"
    report_id: str
    kind: ReportKind
    programme_id: str
    school_id: str | None = None
    reason: str


class ActionUpdated(Event):
    """The status of an action has changed."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "action_id"
    action_id: str
    findings_id: str
    school_id: str
    programme_id: str
    status: Literal["not-started", "under-way", "done", "dropped"]


class ActionOverdue(Event):
    """An action's due date has passed and it is neither done nor dropped."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "action_id"
    action_id: str
    findings_id: str
    school_id: str
    programme_id: str
    due: dt.date
