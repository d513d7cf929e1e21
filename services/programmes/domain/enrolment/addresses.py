"""E-mail addresses: which are taken, and when two are the same."""

import re

from shared.tables.cells import shown, tidy, unseen

__all__ = ["address_fault", "address_key", "bare_address"]

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_COPIED = re.compile(
    r"(?:[^<>@]*<(?:mailto:)?([^<>@\s]+@[^<>@\s]+)>|(?:mailto:)?([^<>@\s;,:]+@[^<>@\s;,:]+))\s*[;,]*", re.IGNORECASE
)
_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]")


def address_fault(text: str) -> str | None:
    """Why this is no address we write to, as the end of a sentence.

    None if it is one (RFC 5321 mailbox, plain ASCII, no quoted local part).
    """
    if any(ord(char) < 32 or ord(char) == 127 for char in text):
        return "has a line break or control character in it"
    if not text.isascii():
        return _foreign(text)
    local, at, domain = text.rpartition("@")
    if not at:
        return "has no @"
    if len(text) > 254 or len(local) > 64:
        return "is too long"
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        return "is not written like name@school.example"
    return None


def bare_address(text: str) -> str:
    """The address in what mail programs copy: mailto:..., Ann Marsh <...>, a semicolon at its end; else the text."""
    found = _COPIED.fullmatch(tidy(text))
    return (found[1] or found[2]) if found else tidy(text)


def address_key(text: str) -> str:
    """Two addresses with the same key are the same mailbox for us."""
    return bare_address(text).lower()


def _foreign(text: str) -> str:
    if unseen(text) or any(char.isspace() for char in text):
        return f"has a blank or a character in it that cannot be seen: {shown(text)}"
    return "has letters in it that are not plain English letters; look-alikes of them are not accepted"
