"""What may be asked of `notifications`: mails and what became of them."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, OneLine, Query, Reply

MailState = Literal["queued", "sending", "accepted", "deferred", "bounced", "suppressed", "failed", "unknown"]

MailFault = Literal["recipient", "full", "operator", "away", "unclear"]
"""Whose fault a refusal is.

``recipient``: no such mailbox. ``full``: it takes nothing now. ``operator``: our sender, relay, quota or policy.
``away``: its domain or server was not found or reached in time, which may be a fault of names or networks.
"""


class ResendMail(Command):
    """Send a mail again, after its address was corrected, say. Same Message-ID unless it was accepted before."""

    service: ClassVar[str] = "notifications"
    mail_id: str


class ResendFailed(Command):
    """Send again every mail that failed, bounced or stayed unknown, and only those."""

    service: ClassVar[str] = "notifications"
    programme_id: str


class PauseMail(Command):
    """Stop or go on handing mails to the relay; what arises meanwhile is kept."""

    service: ClassVar[str] = "notifications"
    paused: bool
    reason: OneLine = Field("", max_length=300, description="why they are stopped; shown until they go again")


class ChooseMails(Command):
    """A person wants only what is essential, or everything again. What the unsubscribe link's page asks."""

    service: ClassVar[str] = "notifications"
    person_id: str
    essential_only: bool


class MailRow(Reply):
    """A mail and what became of it."""

    mail_id: str
    programme_id: str | None = None
    person_id: str
    to: str
    template: str
    template_version: str
    subject: str
    state: MailState
    attempts: int
    message_id: str
    target_id: str = ""
    queued_at: dt.datetime
    changed_at: dt.datetime
    detail: str = ""
    held: bool = Field(False, description="it may have gone out before a restore, and waits for a decision")
    fault: MailFault | Literal[""] = Field("", description="whose fault the last refusal was")
    permanent: bool = Field(False, description="the address itself was refused, and nothing more is sent to it")
    not_before: dt.datetime | None = Field(None, description="of a queued mail that gathers until then what happens")


class MailRows(Reply):
    """Mails, newest first, and how many there are in each state and of each template."""

    total: int
    mails: tuple[MailRow, ...]
    by_state: dict[str, int]
    by_template: dict[str, int]
    paused: bool = False
    pause_reason: str = ""
    held: int = Field(0, description="how many mails, over all, a restore holds")


class ListMails(Query):
    """Mails by person, template, state, programme, target."""

    service: ClassVar[str] = "notifications"
    Reply: ClassVar[type[Reply]] = MailRows
    person_id: str = ""
    programme_id: str = ""
    template: str = ""
    state: MailState | None = None
    target_id: str = ""
    held: bool = Field(False, description="only mails that a restore holds")
    concerning: Concerning = ()
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0)


class MailDetail(Reply):
    """A mail with its text; links are shown without their tokens."""

    mail: MailRow
    text: str
    html: str
    attachments: tuple[str, ...] = ()
    timeline: tuple[str, ...] = ()


class ShowMail(Query):
    """One mail."""

    service: ClassVar[str] = "notifications"
    Reply: ClassVar[type[Reply]] = MailDetail
    mail_id: str


class TriageRow(Reply):
    """A message that arrived at the listener and could not be matched to an invitation."""

    received_at: dt.datetime
    why: str
    subject: str


class TriageRows(Reply):
    """What a coordinator must look at by hand."""

    rows: tuple[TriageRow, ...]


class ListTriage(Query):
    """Incoming messages nobody could place."""

    service: ClassVar[str] = "notifications"
    Reply: ClassVar[type[Reply]] = TriageRows
