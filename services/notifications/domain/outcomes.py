"""What is published about the outcome of a mail: ids and codes, never an address or the relay's words."""

import datetime as dt

from services.notifications.domain.mail import Mail
from services.notifications.domain.targets import INVITATIONS
from shared.events.base import Event
from shared.events.notifications import InvitationSent, MailBounced, MailFailed

NOTICE = "bounce-notice"
"""The kind of mail that lists, for a coordinator, mails that did not arrive."""


def events_of(mail: Mail) -> list[Event]:
    """Return the events of a mail's outcome: two when it bounced before its acceptance was published."""
    facts: list[Event] = []
    kind = INVITATIONS.get(mail.refs.get("target_kind", "visit"))
    if (
        mail.method is not None
        and kind is not None
        and (mail.state == "accepted" or (mail.accepted_once and mail.published == 0))
    ):
        facts.append(
            InvitationSent(
                version=mail.published + 1, mail_id=mail.mail_id, person_id=mail.person_id, target_id=mail.target_id,
                target_kind=kind, sequence=mail.sequence, method=mail.method,
            )
        )  # fmt: skip
    version = mail.published + len(facts) + 1
    about = {"version": version, "mail_id": mail.mail_id, "person_id": mail.person_id}
    if mail.state == "bounced":
        facts.append(MailBounced.model_validate({**about, "permanent": mail.permanent, "status": mail.status}))
    if mail.state == "failed":
        reason = f"refused {mail.status}" if mail.status else "given up"
        facts.append(MailFailed.model_validate({**about, "template": mail.template, "reason": reason}))
    return facts


def in_trouble(mail: Mail) -> bool:
    """Return whether the coordinator should be told of a mail. A notice is never about another notice."""
    return mail.state in {"bounced", "failed"} and mail.template != NOTICE and mail.role != "coordinator"


def digest_span(at: dt.datetime, seconds: float) -> tuple[dt.datetime, dt.datetime]:
    """Return the span of time that one notice covers."""
    length = max(1.0, seconds)
    start = dt.datetime.fromtimestamp(at.timestamp() // length * length, dt.UTC)
    return start, start + dt.timedelta(seconds=length)
