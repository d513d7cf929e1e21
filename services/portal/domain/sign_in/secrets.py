"""Secrets of signing in, made from the portal's key and never kept: whoever reads the database or the bus has none.

Each is an HMAC-SHA-256 (RFC 2104) over its purpose and what it is about, so that one is worth nothing as another.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

CODE_DIGITS = 6
_SECRET_BYTES = 20
"""What RFC 4226 section 4 recommends for an authenticator's secret."""
_RECOVERY_CHARACTERS = 12
RECOVERY_CODES = 8


@dataclass
class Key:
    """The portal's key. Where the settings give none, it is read from the database when the service starts."""

    value: bytes = b""


@dataclass(frozen=True)
class Secrets:
    """Makes and compares secrets under one key."""

    key: Key

    def address(self, address: str) -> str:
        """Return the key under which what concerns an address is kept; the same in any letter case."""
        return self._digest("address", plain(address)).hex()

    def token(self, attempt_id: str) -> str:
        """Return what stands in the link of an attempt's mail: its id and 192 bits that prove it."""
        proof = base64.urlsafe_b64encode(self._digest("link", attempt_id)[:24]).decode()
        return f"{attempt_id}.{proof}"

    def attempt_of(self, token: str) -> str | None:
        """Return the attempt of a link, or None where the link is not ours."""
        attempt_id = token.partition(".")[0]
        return attempt_id if same(token, self.token(attempt_id)) else None

    def code(self, attempt_id: str) -> str:
        """Return the code of an attempt's mail: six digits."""
        number = int.from_bytes(self._digest("code", attempt_id), "big") % 10**CODE_DIGITS
        return f"{number:0{CODE_DIGITS}}"

    def authenticator(self, person_id: str, salt: str) -> str:
        """Return the secret that an authenticator is set up with, in Base32."""
        return base64.b32encode(self._digest("authenticator", person_id, salt)[:_SECRET_BYTES]).decode()

    def recovery_codes(self, person_id: str, salt: str) -> tuple[str, ...]:
        """Return the codes that stand in for an authenticator, each once."""
        digests = (self._digest("recovery", person_id, salt, str(number)) for number in range(RECOVERY_CODES))
        texts = (base64.b32encode(digest).decode().lower()[:_RECOVERY_CHARACTERS] for digest in digests)
        return tuple("-".join(text[at : at + 4] for at in range(0, len(text), 4)) for text in texts)

    def feed(self, feed_id: str) -> str:
        """Return what stands in the address of a calendar feed: its id and 192 bits that prove it."""
        proof = base64.urlsafe_b64encode(self._digest("feed", feed_id)[:24]).decode()
        return f"{feed_id}.{proof}"

    def feed_of(self, token: str) -> str | None:
        """Return the feed of an address, or None where the address is not ours."""
        feed_id = token.partition(".")[0]
        return feed_id if same(token, self.feed(feed_id)) else None

    def _digest(self, *parts: str) -> bytes:
        return hmac.digest(self.key.value, "\0".join(("sign-in", *parts)).encode("utf-8", "surrogatepass"), "sha256")


def session_key(token: str) -> str:
    """Return the key under which a session is kept; its token is in the browser only."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def plain(address: str) -> str:
    """Return an address as it is compared."""
    return address.strip().casefold()


def same(given: str, right: str) -> bool:
    """Tell whether two texts are the same, in a time that says nothing about where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))
