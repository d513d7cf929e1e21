"""A mail as it is kept: why it exists, for whom, and what became of it. Its text is kept separately."""

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, model_validator

from services.notifications.domain.details import NOTHING, Details, read
from services.notifications.domain.keys import MailKey
from services.notifications.domain.kinds import KINDS, Among, Kind
from services.notifications.domain.recipients import Letter, Method
from shared.commands.notifications import MailState
from shared.events.people import Role

_URGENT = frozenset({
    "visit-moved", "visit-changed", "visit-cancelled", "event-moved", "event-cancelled", "dates-withdrawn",
    "call-cancelled",
})  # fmt: skip


class Mail(BaseModel):
    """One mail to one person. ``refs`` are ids, ``details`` what its kind must know; neither names a person."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    mail_id: str
    template: str
    person_id: str
    role: Role
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
    accepted_once: bool = Field(False, description="the relay has taken this edition")
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
    def target_id(self) -> str:
        """What it is about."""
        return self.refs.get("target", "")


Refs = dict[str, str]


HELD_AFTER_RESTORE = "It may have gone out before the restore; send again what did not."


def held_after_restore(mail: Mail) -> Mail:
    """Return the mail held, until somebody says that it did not go out before the restore."""
    return mail.model_copy(update={"state": "unknown", "detail": HELD_AFTER_RESTORE})


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
