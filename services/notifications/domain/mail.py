"""A mail as it is kept: why it exists, for whom, and what became of it. Its text is kept separately."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, model_validator

from services.notifications.domain.details import NOTHING, Details, read
from services.notifications.domain.keys import MailKey
from services.notifications.domain.kinds import KINDS, Among, Kind
from services.notifications.domain.recipients import Letter, Method
from shared.commands.notifications import MailFault, MailState

WORDS_REF = "words"
"""The id, among the others, of the template's mail whose words stand for those of the kind."""
_URGENT = frozenset({
    "visit-moved", "visit-changed", "visit-cancelled", "event-moved", "event-cancelled", "dates-withdrawn",
    "call-cancelled", "agreed-day-cancelled", "sign-in",
})  # fmt: skip


class Mail(BaseModel):
    """One mail to one person. ``refs`` are ids, ``details`` what its kind must know; neither names a person."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    mail_id: str
    template: str
    person_id: str
    role: str
    school_id: str | None = None
    standing: Among
    programme_id: str | None = None
    refs: dict[str, str] = {}
    details: SerializeAsAny[Details] = Field(NOTHING, description="stored as `facts`")
    method: Method | None = None
    sequence: int = 0
    left: bool = False
    essential: bool = True
    rank: int = Field(1, description="0 goes before 1: changes before the rest")
    state: MailState = "queued"
    queued_at: dt.datetime
    changed_at: dt.datetime
    try_at: dt.datetime
    first_tried: dt.datetime | None = None
    attempts: int = 0
    edition: int = 1
    extra_used: bool = False
    owner: str = Field("", description="the worker that has claimed it")
    claim: str = Field("", description="the claim by which it has it; no two are alike")
    handing: bool = Field(False, description="the relay may have begun to take it")
    built: bool = False
    sealed: bool = Field(False, description="its addresses carry seals; release 0.1.0 wrote none")
    plain_entry: bool = Field(False, description="its calendar entry keeps the UID without a seal")
    to: str = ""
    subject: str = ""
    template_version: str = ""
    message_id: str = ""
    detail: str = ""
    timeline: tuple[str, ...] = ()
    status: str = Field("", description="enhanced status code of the last refusal")
    permanent: bool = Field(False, description="the address itself was refused")
    fault: MailFault | Literal[""] = Field("", description="whose fault the last refusal was")
    accepted_once: bool = Field(False, description="the relay has taken this edition")
    held: bool = Field(False, description="`unknown` since a restore, until somebody lets it go or drops it")
    resent: int = Field(0, description="how often somebody had it sent again; its links are others each time")
    restored: bool = Field(False, description="its outcome may have been published before a restore")
    follows: tuple[str, ...] = Field((), description="correlation ids of what set it off, the first one first")
    published: int = Field(0, alias="told", description="events published so far; stored as `told`")

    @model_validator(mode="before")
    @classmethod
    def _typed_details(cls, found: Any) -> Any:
        """Read stored details as the model of the mail's kind."""
        if not isinstance(found, dict) or isinstance(found.get("details"), Details):
            return found
        return {**found, "details": read(str(found.get("template")), found.get("facts", found.get("details", {})))}

    @property
    def kind(self) -> Kind:
        """The kind of mail it is."""
        return KINDS[self.template]

    @property
    def correlation_id(self) -> str:
        """What set it off first; "" for a mail of an earlier release."""
        return self.follows[0] if self.follows else ""

    @property
    def target_id(self) -> str:
        """What it is about."""
        return self.refs.get("target", "")


Refs = dict[str, str]


HELD = "It may have gone out before the restore: `kindred mails release` or `kindred mails drop`."
DROPPED = "Not sent again after the restore."


def after_restore(mail: Mail, until: dt.datetime) -> Mail:
    """Return a new mail as it is kept when its cause was restored.

    It is held if it was due by ``until``, the time of the restore: then it may have gone out before.
    """
    if mail.try_at > until:
        return mail
    return mail.model_copy(update={"state": "unknown", "held": True, "detail": HELD})


def because(mails: Sequence[Mail], correlation_id: str) -> list[Mail]:
    """Return new mails with what set them off, by which log lines and events about them are found."""
    return [mail.model_copy(update={"follows": (correlation_id,)}) for mail in mails]


def compose_row(
    letter: Letter, cause: str, now: dt.datetime, *, programme_id: str | None, refs: Refs,
    details: Details, sequence: int = 0, not_before: dt.datetime | None = None,
) -> Mail:  # fmt: skip
    """Return the mail that a letter becomes, ready to be kept. The same cause always gives the same id."""
    return Mail(
        mail_id=MailKey(cause, letter.kind.key, letter.person_id).mail_id,
        template=letter.kind.key, person_id=letter.person_id, role=letter.role, school_id=letter.school_id,
        standing=letter.standing, programme_id=programme_id, refs=refs, details=details, method=letter.method,
        sequence=sequence, left=letter.left, essential=letter.essential,
        rank=0 if letter.kind.key in _URGENT else 1, queued_at=now, changed_at=now, try_at=not_before or now,
    )  # fmt: skip
