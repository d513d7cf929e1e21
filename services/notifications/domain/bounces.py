"""Delivery status notifications (RFC 3464): which of our mails bounced, and whether for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage, Message
from typing import cast

from services.notifications.domain.keys import mail_id_in


@dataclass(frozen=True)
class Bounce:
    """A mail that bounced. ``wrong_address``: status 5.1.x; nothing more is sent there until it is corrected."""

    mail_id: str
    status: str
    diagnostic: str = ""

    @property
    def wrong_address(self) -> bool:
        """Return whether the mailbox does not exist."""
        return self.status.startswith("5.1.")


def read(message: EmailMessage, recipients: Iterable[str]) -> Bounce | None:
    """Return the bounce that a message reports. None when it reports no failure, or is not about a mail of ours."""
    fields = _failed_recipient(message)
    if fields is None:
        return None
    mail_id = next((found for found in map(mail_id_in, [*recipients, *_returned_ids(message)]) if found), None)
    if mail_id is None:
        return None
    status = str(fields.get("Status", "")).strip().split(" ")[0] or "5.0.0"
    return Bounce(mail_id, status, " ".join(str(fields.get("Diagnostic-Code", "")).split())[:200])


def is_report(message: EmailMessage) -> bool:
    """Return whether a message is a delivery status notification."""
    return message.get_content_type() == "multipart/report" and message.get_param("report-type") == "delivery-status"


def _failed_recipient(message: EmailMessage) -> Message | None:
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = cast("list[Message]", part.get_payload())
        for fields in blocks[1:]:
            if str(fields.get("Action", "")).strip().lower() == "failed":
                return fields
    return None


def _returned_ids(message: EmailMessage) -> list[str]:
    found = [str(message.get(name, "")) for name in ("In-Reply-To", "References")]
    for part in message.walk():
        if part.get_content_type() == "text/rfc822-headers":
            found.append(str(part.get_payload(decode=False)))
        elif part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list):
            inner = cast("list[Message]", part.get_payload())[0]
            found.append(str(inner.get("Message-ID", "")))
    return found
