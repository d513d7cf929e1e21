"""A message as it came in, and what a stranger's mail says, as far as it can be read."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr

from services.notifications.domain.written import text_of
from services.notifications.inbound.parsing import STRANGE

_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no UTF-8 holds."""


@dataclass(frozen=True)
class Incoming:
    """A message as the listener got it. ``sender``: that of its envelope, "" where nobody is; None where not known."""

    recipients: Sequence[str]
    content: bytes
    sender: str | None = None

    @property
    def key(self) -> str:
        """The same message, delivered again, has the same key."""
        return hashlib.sha256(self.content).hexdigest()


def written_in(message: EmailMessage) -> str:
    """Return the text of a stranger's mail; a sentence where it cannot be read."""
    try:
        return text_of(message)
    except STRANGE:
        return "(The text cannot be read.)"


def sender_of(message: EmailMessage) -> str:
    """Return the address that a message says it is from."""
    return parseaddr(header(message, "From"))[1]


def header(message: EmailMessage, name: str) -> str:
    """Return a header's text, "" where a stranger's mail holds one that the standard library cannot read."""
    try:
        return _HALVES.sub("\ufffd", str(message.get(name, "")))
    except STRANGE:
        return ""


def headers(message: EmailMessage, name: str) -> list[str]:
    """Return every header of a name, topmost first; none where one cannot be read."""
    try:
        return [_HALVES.sub("\ufffd", str(value)) for value in message.get_all(name, [])]
    except STRANGE:
        return []
