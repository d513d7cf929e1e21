"""Keys that make every mail unique: the same cause, template and person always give the same mail.

A mail's id is a UUID5 (RFC 9562 section 5.5) of its key, so the store's primary key is the guard against sending twice.
"""

import hashlib
import re
import uuid
from dataclasses import dataclass

_MAILS = uuid.UUID("6d1f4a1e-5a3e-5c86-9a6b-3b2f7c1d9e40")

_MAIL_ID = re.compile(r"mai-[0-9a-f]{32}")


@dataclass(frozen=True)
class MailKey:
    """Why a mail exists: the event (or target) and version that caused it, the template, the person."""

    cause: str
    template: str
    person_id: str

    @property
    def mail_id(self) -> str:
        """The mail's id, derived from the key."""
        return f"mai-{uuid.uuid5(_MAILS, f'{self.cause}|{self.template}|{self.person_id}').hex}"


def cause_of(event: str, target_id: str, version: int | str, *, once: bool) -> str:
    """Return the business key: the target alone where one mail is enough for ever, else event and version too."""
    return f"once/{target_id}" if once else f"{event}/{target_id}/{version}"


def message_id(mail_id: str, domain: str, edition: int = 1) -> str:
    """Return the Message-ID. It is the same on every attempt; an accepted mail sent again gets another edition."""
    suffix = "" if edition == 1 else f".{edition}"
    return f"<{mail_id}{suffix}@{domain}>"


def mail_id_in(text: str) -> str | None:
    """Find a mail id in a Message-ID or a bounce address, however its letters came back; None where there is none."""
    found = _MAIL_ID.search(text.lower())
    return found.group() if found else None


def link_id(token: str) -> str:
    """Return the id under which a link's token is known outside its mail: the SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
