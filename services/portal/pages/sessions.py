"""Sessions without a store: a signed cookie names the link; whether that still opens anything is checked each time.

Signatures are itsdangerous' with HMAC-SHA-256. Each kind has a salt of its own, so that one of a kind is worth nothing
as another.
"""

import datetime as dt
import hashlib
from typing import Any

from itsdangerous import BadData, Signer, TimestampSigner, URLSafeSerializer

SKEW = dt.timedelta(minutes=10)
"""How far the clocks of two machines of the portal may lie apart, or one clock be set back."""
HOW: dict[str, Any] = {"key_derivation": "hmac", "digest_method": hashlib.sha256}


class _SignerAt(TimestampSigner):
    """Takes the time from the service's clock, which the demo moves, instead of the machine's."""

    def __init__(self, key: bytes, now: dt.datetime, salt: str = "session") -> None:
        super().__init__(key, salt=salt, **HOW)
        self._now = now

    def get_timestamp(self) -> int:
        return int(self._now.timestamp())


def sign_session(key: bytes, link_id: str, opened: dt.datetime) -> str:
    """Return the cookie that keeps a link open in a browser."""
    return _SignerAt(key, opened).sign(link_id).decode()


def read_session(key: bytes, cookie: str, now: dt.datetime, longest: dt.timedelta) -> str | None:
    """Return the link id of a cookie, or None where it is not ours or too old."""
    try:
        return _SignerAt(key, now + SKEW).unsign(cookie, max_age=_seconds(longest + SKEW)).decode()
    except (BadData, UnicodeError):
        return None


def csrf_token(key: bytes, link_id: str) -> str:
    """Return the token that this link's forms carry; opening the link again in another tab keeps forms good."""
    return Signer(key, salt="csrf", **HOW).get_signature(link_id).decode()


def csrf_holds(key: bytes, link_id: str, given: str) -> bool:
    """Return whether a form came from a page of this link."""
    return Signer(key, salt="csrf", **HOW).verify_signature(link_id, given)


def sign_opened(key: bytes, ref: str, nonce: str, opened: dt.datetime) -> str:
    """Return what a form for everybody carries: when its page was opened, unlike any other page's."""
    return _SignerAt(key, opened, f"opened:{ref}").sign(nonce).decode()


def read_opened(key: bytes, ref: str, given: str, now: dt.datetime, longest: dt.timedelta) -> dt.datetime | None:
    """Return when the form's page was opened, or None where it is not ours or too old."""
    try:
        _, opened = _SignerAt(key, now + SKEW, f"opened:{ref}").unsign(
            given, max_age=_seconds(longest + SKEW), return_timestamp=True
        )
    except (BadData, UnicodeError):
        return None
    return opened


def _seconds(span: dt.timedelta) -> int:
    return int(span.total_seconds())


def sign_note(key: bytes, ref: str, note: dict[str, object]) -> str:
    """Return what a page says on the next one, signed for this link."""
    return str(_notes(key, ref).dumps(note))


def read_note(key: bytes, ref: str, cookie: str) -> dict[str, object] | None:
    """Return the note of this link, or None where there is none of ours."""
    try:
        note: dict[str, object] = _notes(key, ref).loads(cookie)
    except (BadData, UnicodeError):
        return None
    return note


def _notes(key: bytes, ref: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=f"note:{ref}", signer_kwargs=HOW)
