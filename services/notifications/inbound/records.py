"""A message as it came in, and what is looked up and noted for it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Self

from services.notifications.ports import (
    Aliases,
    Completions,
    Contacts,
    Intake,
    Preferences,
    Programmes,
    Replies,
    Returns,
    SealKey,
    Suppressions,
    Targets,
    Triage,
)
from services.notifications.ports.stores import Stores
from shared.bus.unit_of_work import UnitOfWork

STRANGE = (ValueError, TypeError, AttributeError, LookupError, HeaderParseError)
"""What the standard library raises at headers of strangers' mails."""


@dataclass(frozen=True)
class Incoming:
    """A message as the listener got it."""

    recipients: Sequence[str]
    content: bytes

    @property
    def key(self) -> str:
        """The same message, delivered again, has the same key."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Records:
    """What is looked up and noted for an incoming message."""

    mails: Returns
    intake: Intake
    targets: Targets
    programmes: Programmes
    completions: Completions
    contacts: Contacts
    replies: Replies
    suppressions: Suppressions
    preferences: Preferences
    triage: Triage
    seal_key: SealKey
    aliases: Aliases

    @classmethod
    def of(cls, stores: Stores) -> Self:
        """Return those over these stores."""
        return cls(
            stores.ledger, stores.queue, stores.targets, stores.programmes, stores.completions, stores.contacts,
            stores.replies, stores.suppressions, stores.preferences, stores.triage, stores.seal_key, stores.aliases,
        )  # fmt: skip

    async def keep(self, incoming: Incoming, message: EmailMessage, why: str, work: UnitOfWork) -> str:
        """Keep a message for a person to look at."""
        subject, sender = _about(message)
        await self.triage.keep(
            incoming.key, why, subject=subject, sender=sender, now=work.now, content=incoming.content
        )
        return "triage"

    async def file(self, incoming: Incoming, message: EmailMessage, why: str, work: UnitOfWork) -> str:
        """Keep a message that nobody has to look at."""
        subject, sender = _about(message)
        await self.triage.file(
            incoming.key, why, subject=subject, sender=sender, now=work.now, content=incoming.content
        )
        return "ignored"


def header(message: EmailMessage, name: str) -> str:
    """Return a header's text, "" where a stranger's mail holds one that the standard library cannot read."""
    try:
        return str(message.get(name, ""))
    except STRANGE:
        return ""


def headers(message: EmailMessage, name: str) -> list[str]:
    """Return every header of a name, topmost first; none where one cannot be read."""
    try:
        return [str(value) for value in message.get_all(name, [])]
    except STRANGE:
        return []


def _about(message: EmailMessage) -> tuple[str, str]:
    return " ".join(header(message, "Subject").split())[:200], parseaddr(header(message, "From"))[1]
