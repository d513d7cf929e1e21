"""Parses strangers' mails within limits.

The standard library takes seconds for some header values of a few kilobytes, and fails at others. So values are cut,
each is parsed once, and a mail of more parts than people and mail systems write is not parsed at all.
"""

import re
from email import policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Any, cast

MOST_PARTS = 500
MOST_HEADER_LINES = 3_000
LONGEST_VALUE = 1_500
LARGEST_CALENDAR = 100_000
STRANGE = (
    ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError, HeaderParseError,
    RecursionError,
)  # fmt: skip
"""What the standard library raises at strangers' mails."""

_NEEDED = ("From", "Subject", "Message-ID", "Auto-Submitted", "Precedence", "X-Failed-Recipients")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")
_FIELD = re.compile(rb"^(From|Subject):((?:.{0,2000}\n[ \t]){0,20}.{0,2000})", re.IGNORECASE | re.MULTILINE)
_LOOKED_THROUGH = 50_000
_LONGEST_SHOWN = 200


class UnparsableError(ValueError):
    """A mail that cannot be parsed within the limits; its text says why, for a person."""


class _Bounded(EmailPolicy):
    """The standard policy with values cut; a value that has been parsed is not parsed again."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """Return a header's value."""
        return _parsed(name, value[:LONGEST_VALUE]) if type(value) is str else value


@lru_cache(maxsize=2_000)
def _parsed(name: str, value: str) -> Any:
    return policy.default.header_fetch_parse(name, value)


_POLICY = _Bounded()


def parse(content: bytes) -> EmailMessage:
    """Return a mail whose needed headers are known to be readable; raises UnparsableError for any other."""
    head = content.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if head.count(b"\n") > MOST_HEADER_LINES or content.count(b"\n--") > MOST_PARTS:
        raise UnparsableError("A mail of too many headers or parts. It was not read.")
    what = "structure"
    try:
        message = cast("EmailMessage", BytesParser(EmailMessage, policy=_POLICY).parsebytes(content))
        for part in message.walk():
            _ = part.get_content_type(), part.get_filename(), part.get_content_charset()
        for name in _NEEDED:
            what = name
            str(message.get(name, ""))
    except STRANGE as error:
        raise UnparsableError(f"A mail whose {what} cannot be read ({type(error).__name__}).") from None
    return message


def stand_in(content: bytes) -> EmailMessage:
    """Return a mail with sender, subject and the beginning of the text of one that cannot be parsed, as far as seen."""
    head = content[:_LOOKED_THROUGH]
    found = {name.lower(): value.decode("utf-8", "replace") for name, value in reversed(_FIELD.findall(head))}
    message = EmailMessage()
    sender = _ADDRESS.search(found.get(b"from", ""))
    if sender:
        message["From"] = sender.group()
    message["Subject"] = _plain(found.get(b"subject", ""))
    message.set_content(head.decode("utf-8", "replace").replace("\0", ""))
    return message


def _plain(text: str) -> str:
    shown = "".join(char for char in " ".join(text.split()) if char.isprintable())[:_LONGEST_SHOWN]
    return shown.replace("=?", "= ?")  # a word in another code page may hold what no header takes
