"""Sessions without a store: a sealed cookie names the link; whether that still opens anything is asked each time.

Seals are HMAC-SHA-256 over what is sealed and what for, so that a seal of one kind is worth nothing as another.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json


def mac(key: bytes, kind: str, text: str) -> str:
    """Return the seal of a text of one kind, as hex."""
    return hmac.new(key, f"{kind}\x00{text}".encode(), hashlib.sha256).hexdigest()


def seal(key: bytes, link_id: str, opened: dt.datetime) -> str:
    """Return the cookie that keeps a link open in a browser."""
    body = f"{link_id}.{int(opened.timestamp())}"
    return f"{body}.{mac(key, 'session', body)}"


def unseal(key: bytes, cookie: str, now: dt.datetime, longest: dt.timedelta) -> str | None:
    """Return the link id of a cookie, or None where it is not ours or too old."""
    body, _, given = cookie.rpartition(".")
    link_id, _, opened = body.partition(".")
    if not given.isascii() or not hmac.compare_digest(given, mac(key, "session", body)):
        return None
    age = now - dt.datetime.fromtimestamp(int(opened), dt.UTC)
    return link_id if age <= longest else None


def csrf_token(key: bytes, link_id: str) -> str:
    """Return the token that this link's forms carry; opening the link again in another tab keeps forms good."""
    return mac(key, "csrf", link_id)


def csrf_holds(key: bytes, link_id: str, given: str) -> bool:
    """Return whether a form came from a page of this link."""
    return given.isascii() and hmac.compare_digest(given, csrf_token(key, link_id))


def seal_note(key: bytes, ref: str, note: dict[str, object]) -> str:
    """Return what a page tells the next one, sealed for this link."""
    body = base64.urlsafe_b64encode(json.dumps(note, ensure_ascii=False).encode()).decode()
    return f"{body}.{mac(key, f'note:{ref}', body)}"


def unseal_note(key: bytes, ref: str, cookie: str) -> dict[str, object] | None:
    """Return the note of this link, or None where there is none of ours."""
    body, _, given = cookie.rpartition(".")
    if not given.isascii() or not hmac.compare_digest(given, mac(key, f"note:{ref}", body)):
        return None
    try:
        note: dict[str, object] = json.loads(base64.urlsafe_b64decode(body))
    except (ValueError, binascii.Error):
        return None
    return note
