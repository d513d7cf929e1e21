"""What is published of a mail once its outcome stands: ids and codes, never an address or the relay's words."""

import datetime as dt

from services.notifications.domain.mail import Mail
from services.notifications.domain.targets import INVITATIONS
from shared.events.base import Event
from shared.events.notifications import InvitationSent, MailBounced, MailFailed

NOTICE = "bounce-notice"
"""The kind of mail that tells a coordinator of others that did not arrive."""


def events_of(mail: Mail) -> list[Event]:
    """Return the facts that a mail's outcome is; one that bounced before its acceptance was published gives both."""
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
    """Tell whether the coordinator should hear of a mail; never of a notice itself, which would go round in circles."""
    return mail.state in {"bounced", "failed"} and mail.template != NOTICE and mail.role != "coordinator"


def digest_span(at: dt.datetime, seconds: float) -> tuple[dt.datetime, dt.datetime]:
    """Return the span whose troubles go into one notice."""
    length = max(1.0, seconds)
    start = dt.datetime.fromtimestamp(at.timestamp() // length * length, dt.UTC)
    return start, start + dt.timedelta(seconds=length)
