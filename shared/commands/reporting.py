"""What may be asked of `reporting`: forms, findings, reports, impact."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from shared.commands.base import Command, Message, Query, Reply
from shared.events.reporting import ReportKind
from shared.events.scheduling import TargetKind

ActionStatus = Literal["not-started", "under-way", "done", "dropped"]
Agreement = Literal["strongly-disagree", "disagree", "neither", "agree", "strongly-agree"]


class SubmitAppraisal(Command):
    """The facilitator's appraisal of the host. Submitting again replaces it and compiles the report anew."""

    service: ClassVar[str] = "reporting"
    visit_id: str
    person_id: str
    strengths: tuple[str, ...] = Field(min_length=1, max_length=20)
    develop: tuple[str, ...] = Field((), max_length=20)
    next_steps: tuple[str, ...] = Field((), max_length=20)
    evidence: tuple[str, ...] = Field((), max_length=40)


class RecordTakeHome(Command):
    """What a visitor takes home from a visit and will use."""

    service: ClassVar[str] = "reporting"
    visit_id: str
    person_id: str
    learnt: str = Field(min_length=1)
    will_use: str = Field(min_length=1)
    contact_consent: bool = Field(False, description="may the group keep my work contact details afterwards?")


class AnswerSurvey(Command):
    """A participant's agreement with each survey statement. Answering again replaces the answer."""

    service: ClassVar[str] = "reporting"
    target_id: str
    target_kind: TargetKind
    person_id: str
    answers: dict[str, Agreement] = Field(description="form field key -> agreement")


class Finding(Message):
    """Something seen, with its evidence."""

    title: str
    detail: str = ""
    status: Literal["complete", "on-track", "at-risk", "off-track"] = "on-track"
    evidence: tuple[str, ...] = ()


class PlannedAction(Message):
    """A line of an action plan."""

    what: str
    owner: str
    due: dt.date
    success: str
    status: ActionStatus = "not-started"
    priority: str = ""


class SubmitFindings(Command):
    """A school's findings and action plan. Submitting again makes a new version; the older ones are kept."""

    service: ClassVar[str] = "reporting"
    programme_id: str
    cohort_id: str
    school_id: str
    person_id: str
    summary: str
    findings: tuple[Finding, ...]
    actions: tuple[PlannedAction, ...]
    project_id: str | None = None


class UpdateAction(Command):
    """The status of an action has changed."""

    service: ClassVar[str] = "reporting"
    findings_id: str
    action_id: str
    person_id: str
    status: ActionStatus


class CompileImpact(Command):
    """Compile the cohort's impact report."""

    service: ClassVar[str] = "reporting"
    cohort_id: str


class ReportRow(Reply):
    """A report and its latest edition."""

    report_id: str
    kind: ReportKind
    title: str
    programme_id: str
    cohort_id: str
    school_id: str | None = None
    visit_id: str | None = None
    state: Literal["compiling", "compiled", "failed"]
    edition: int
    sha256: str = ""
    pages: int = 0
    pdf_bytes: int = 0
    formats: tuple[str, ...] = ()
    compiled_at: dt.datetime | None = None
    sentence: str = ""


class ReportRows(Reply):
    """Reports, newest first."""

    total: int
    reports: tuple[ReportRow, ...]


class ListReports(Query):
    """Reports by cohort, school, kind, or by an id or its beginning."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = ReportRows
    named: str = Field("", max_length=100, description="a report's id or its beginning")
    cohort_id: str = ""
    school_id: str = ""
    kind: ReportKind | None = None
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class ShowReport(Query):
    """One report; Rejected("unknown-report") otherwise."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = ReportRow
    report_id: str


class Chunk(Reply):
    """Part of a file."""

    filename: str
    media_type: str
    size: int
    sha256: str
    content: bytes

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_bytes="base64", val_json_bytes="base64")


class FetchReport(Query):
    """At most 256 KiB of a report's file from `offset`; repeat until `size` is reached. Edition 0 is the latest."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = Chunk
    report_id: str
    format: Literal["pdf", "html", "xlsx"]
    edition: int = 0
    offset: int = Field(0, ge=0)


class FormState(Reply):
    """What a person has submitted for a form so far; `content` is the command's fields as JSON."""

    submitted: bool
    version: int = 0
    content: dict[str, object] = Field(default_factory=dict)
    action_ids: tuple[str, ...] = ()
    findings_id: str = ""


class ShowForm(Query):
    """A person's form as it stands. For findings, `target_id` is the school's id and `cohort_id` is needed."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = FormState
    form: Literal["appraisal", "take-home", "survey", "findings"]
    target_id: str
    person_id: str
    cohort_id: str = ""


class Share(Reply):
    """A share of participants who agree. `agree` is None where too few answered to show it."""

    statement: str
    label: str
    agree: int | None
    answers: int | None


class ImpactLine(Reply):
    """The shares of one visit, event or whole cohort."""

    about: str
    target_id: str = ""
    shares: tuple[Share, ...]


class Impact(Reply):
    """The cohort's impact figures."""

    cohort_id: str
    total: ImpactLine
    lines: tuple[ImpactLine, ...]
    note: str = ""


class ShowImpact(Query):
    """Impact figures of a cohort, small numbers withheld."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = Impact
    cohort_id: str
