"""What `notifications` publishes: links given out, mails and what became of them, calendar replies."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import Event
from shared.events.scheduling import Answer, TargetKind

Purpose = Literal[
    "answer", "visit-brief", "attendance", "appraisal", "take-home", "survey",
    "findings", "report", "my-visits", "cohort",
    "unsubscribe",
]  # fmt: skip


class LinkIssued(Event):
    """A link was put into a mail. `link_id` is the SHA-256 (hex) of its token; the token itself is in the mail only."""

    context: ClassVar[str] = "notifications"
    aggregate: ClassVar[str] = "link_id"
    link_id: str
    person_id: str
    purpose: Purpose
    target_id: str
    target_kind: str = "visit"
    programme_id: str | None = None
    expires: dt.datetime


class InvitationSent(Event):
    """The relay took an invitation, update or cancellation for this person."""

    context: ClassVar[str] = "notifications"
    aggregate: ClassVar[str] = "mail_id"
    mail_id: str
    person_id: str
    target_id: str
    target_kind: TargetKind
    sequence: int
    method: Literal["REQUEST", "CANCEL"]


class CalendarReplyReceived(Event):
    """Somebody's calendar has replied (METHOD:REPLY), checked against who was invited."""

    context: ClassVar[str] = "notifications"
    aggregate: ClassVar[str] = "target_id"
    target_id: str
    target_kind: TargetKind
    person_id: str
    answer: Answer
    sequence: int
    stamped: dt.datetime
    received_at: dt.datetime | None = Field(None, description="when the mail arrived; answers are compared by it")


class MailBounced(Event):
    """A mail came back. `permanent`: the address is no longer written to until the coordinator corrects it."""

    context: ClassVar[str] = "notifications"
    aggregate: ClassVar[str] = "mail_id"
    mail_id: str
    person_id: str
    permanent: bool
    status: str = ""


class MailFailed(Event):
    """A mail could not be handed over and is not tried again."""

    context: ClassVar[str] = "notifications"
    aggregate: ClassVar[str] = "mail_id"
    mail_id: str
    person_id: str
    template: str
    reason: str
