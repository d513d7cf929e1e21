"""A mail that has arrived and is parsed when somebody reads it: most mails of a played year nobody does."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from functools import cached_property
from typing import TYPE_CHECKING, Any

__all__ = ["Unread", "unread"]


class Unread:
    """Behaves as the mail. Of a mail whose headers alone are asked for, the parts are not parsed."""

    def __init__(self, mime: bytes) -> None:
        self._mime = mime

    @cached_property
    def _message(self) -> EmailMessage:
        return message_from_bytes(self._mime, policy=policy.default)

    @cached_property
    def _headers(self) -> EmailMessage:
        return BytesHeaderParser(policy=policy.default).parsebytes(self._mime)

    def __getitem__(self, name: str) -> Any:
        return self._headers[name]

    def __contains__(self, name: str) -> bool:
        return name in self._headers

    def __bytes__(self) -> bytes:
        return bytes(self._message)

    def __str__(self) -> str:
        return str(self._message)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            return getattr(self._message, name)


def unread(mime: bytes) -> EmailMessage:
    """Return the mail as it came over the wire, not yet parsed."""
    return Unread(mime)  # type: ignore[return-value]  # it behaves as one
