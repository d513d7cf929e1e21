"""Which lines of a programme's routing apply to an event that can bring several mails."""

from collections.abc import Sequence

from services.notifications.domain.kit import Spec
from shared.events.people import ROLE_TITLES, Role
from shared.events.reporting import ReportKind
from shared.events.template import MailSpec, ReportSpec

WAITING_LIST = "waiting-list"
_REPORT_MAILS: dict[ReportKind, str] = {
    "action-plan": "report-ready", "appraisal": "appraisal-report", "impact": "impact-report",
}  # fmt: skip

DATES: tuple[MailSpec, ...] = tuple(
    MailSpec(on=event, template=template, to=tuple(ROLE_TITLES))
    for event, template in (
        ("DatesOffered", "dates-offered"),
        ("DatesRefused", "dates-refused"),
        ("DatesAgreed", "dates-agreed"),
        ("DatesWithdrawn", "dates-withdrawn"),
        ("CallOffered", "call-offered"),
        ("CallBooked", "call-booked"),
        ("CallCancelled", "call-cancelled"),
    )
)
"""Agreed days and calls belong to the people in them, whatever a programme's template says."""

ASKED_AGAIN: tuple[MailSpec, ...] = (
    MailSpec(on="CalendarAnswerUnproven", template="answer-again", to=tuple(ROLE_TITLES)),
)
"""Nobody can be kept by a template from being asked for their own answer."""


REPLY_FORWARDED: tuple[MailSpec, ...] = (MailSpec(on="ReplyReceived", template="reply-forwarded", to=("coordinator",)),)
REPLIES_WAITING: tuple[MailSpec, ...] = (
    MailSpec(on="RepliesWaiting", template="replies-waiting", to=("coordinator",)),
)
"""A coordinator hears of what waits, whatever a template says."""

ENQUIRIES: tuple[MailSpec, ...] = (MailSpec(on="EnquiryReceived", template="enquiry", to=("coordinator",)),)
"""Who asks from outside must reach somebody, whatever a template says."""

SIGN_IN: tuple[MailSpec, ...] = (
    MailSpec(on="SignInAsked", template="sign-in", to=("coordinator",)),
    MailSpec(on="SignInLocked", template="sign-in-locked", to=("coordinator",)),
)
"""Signing in belongs to no programme."""


def for_group(specs: Sequence[Spec]) -> list[Spec]:
    """Return what goes out for each group: each group of a cohort gets mails of its own."""
    chosen = [spec for spec in specs if spec.on in {"CohortFormed", "GroupFormed"} and spec.template != WAITING_LIST]
    return [spec.model_copy(update={"on": "GroupFormed"}) for spec in chosen]


def for_waiting(specs: Sequence[Spec]) -> list[Spec]:
    """Return what goes to schools without a group."""
    return [spec for spec in specs if spec.on == "CohortFormed" and spec.template == WAITING_LIST]


def for_findings(specs: Sequence[Spec], *, reminder: bool) -> list[Spec]:
    """Return the first request for findings, or the reminder of it."""
    wanted = "findings-reminder" if reminder else "findings-request"
    return [spec for spec in specs if spec.on == "FindingsRequested" and spec.template == wanted]


def for_report(specs: Sequence[Spec], reports: Sequence[ReportSpec], kind: ReportKind) -> list[Spec]:
    """Return the mail about a kind of report, to the roles that the report itself names."""
    to: tuple[Role, ...] = next((report.to for report in reports if report.key == kind), ())
    chosen = [spec for spec in specs if spec.on == "ReportCompiled" and spec.template == _REPORT_MAILS[kind]]
    return [spec.model_copy(update={"to": to or spec.to}) if isinstance(spec, MailSpec) else spec for spec in chosen]
