"""Seals: what comes back with an answer, a bounce or a stop-wish and proves to whom which mail went; links' secrets.

A seal is an HMAC-SHA-256 (RFC 2104) under a key that this service keeps. In a calendar's UID it has 130 bits. In an
address it has as many characters as fit: the part before the @ has 64 at most (RFC 5321 section 4.5.3.1.1).
"""

import base64
import hmac
from dataclasses import dataclass

_CHARACTERS = 26
_FEWEST = 10
_LONGEST_LOCAL = 64


@dataclass(frozen=True)
class Seals:
    """Makes and checks seals. All lower case, since some mail systems lower the case of addresses."""

    key: bytes

    def entry(self, target_id: str, person_id: str) -> str:
        """Return the seal of somebody's calendar entry."""
        return self._seal("entry", target_id, person_id)

    def bounce(self, mail_id: str, to: str, edition: int = 1) -> str:
        """Return the seal of a mail's bounce address; another one for each address and each time that it is sent."""
        again = () if edition == 1 else (str(edition),)
        return self._seal("bounce", mail_id, to.lower(), *again)

    def stop(self, mail_id: str) -> str:
        """Return the seal of the address that takes the wish for fewer mails."""
        return self._seal("stop", mail_id)

    def link(self, mail_id: str, resent: int, to: str, purpose: str) -> bytes:
        """Return the secret of a link, 32 bytes; others when the mail is sent again or goes to another address."""
        return self._digest("link", mail_id, str(resent), to.lower(), purpose)

    def _seal(self, *parts: str) -> str:
        return base64.b32encode(self._digest(*parts)).decode().lower()[:_CHARACTERS]

    def _digest(self, *parts: str) -> bytes:
        return hmac.digest(self.key, "\0".join(parts).encode(), "sha256")


def tagged(mailbox: str, tag: str, seal: str) -> str:
    """Return the mailbox's address with a tag and as much of the seal as fits, 10 characters (50 bits) at least."""
    local, _, domain = mailbox.partition("@")
    room = max(_FEWEST, _LONGEST_LOCAL - len(f"{local}+{tag}-"))
    return f"{local}+{tag}-{seal[:room]}@{domain}"


def stop_tag(mail_id: str) -> str:
    """Return the tag of the address that takes the wish for fewer mails; shorter than a bounce's, so it always fits."""
    return f"s-{mail_id.removeprefix('mai-')}"


def seal_in(address: str, tag: str) -> str:
    """Return the seal behind a tag in an address, "" where there is none."""
    _, found, rest = address.lower().partition(f"+{tag}-")
    return rest.partition("@")[0] if found else ""


def same(found: str, right: str) -> bool:
    """Tell whether a seal that came back is the right one, or the beginning of it that an address has room for."""
    long_enough = _FEWEST <= len(found) <= len(right)
    return long_enough and hmac.compare_digest(found.lower().encode(), right[: len(found)].encode())


def same_whole(found: str, right: str) -> bool:
    """Tell whether a seal in a calendar's UID, which has room for all of it, is the right one."""
    return len(found) == len(right) and same(found, right)
