"""Links in mails: what each opens, how long it works, and how its token is made.

A token has 192 bits of an HMAC under the key of seals, so that it is the same after a restore. Only its SHA-256 is
published (LinkIssued). The stored copy of a mail loses the token once the relay has taken the mail.
"""

import base64
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.events.notifications import Purpose

TOKEN_BYTES = 24
_SHOWN_INSTEAD = "(link)"
_LASTING: Mapping[str, int] = {
    "report": 400,
    "my-visits": 400,
    "cohort": 400,
    "findings": 120,
    "unsubscribe": 400,
    "todo": 400,
    "days": 400,
    "projects": 400,
}
_AFTER_THE_DAY = 60


@dataclass(frozen=True)
class Opens:
    """What a link opens."""

    purpose: Purpose
    target_id: str
    target_kind: str


def opens(purpose: Purpose, refs: Mapping[str, str]) -> Opens | None:
    """Return what a link of ``purpose`` opens, from the ids that the mail is about; None where the id is missing."""
    kind, ref = {
        "answer": (refs.get("target_kind", "visit"), "target"),
        "survey": (refs.get("target_kind", "visit"), "target"),
        "findings": ("school", "school"),
        "report": ("report", "report"),
        "my-visits": ("programme", "programme"),
        "cohort": ("cohort", "cohort"),
        "unsubscribe": ("programme", "programme"),
    }.get(purpose, ("visit", "target"))
    return Opens(purpose, refs[ref], kind) if refs.get(ref) else None


def expires(purpose: str, now: dt.datetime, on: dt.date | None) -> dt.datetime:
    """Return when the link stops working: some time after the day that it is about, or after it was sent."""
    if purpose in _LASTING or on is None:
        return now + dt.timedelta(days=_LASTING.get(purpose, 120))
    end = dt.datetime.combine(on, dt.time.max, dt.UTC) + dt.timedelta(days=1 if purpose == "answer" else _AFTER_THE_DAY)
    return max(end, now + dt.timedelta(days=1))


def token(secret: bytes) -> str:
    """Return the token of a link's secret: URL-safe, without padding."""
    if len(secret) < TOKEN_BYTES:
        raise ValueError(f"a link token needs {TOKEN_BYTES} bytes that nobody can guess")
    return base64.urlsafe_b64encode(secret[:TOKEN_BYTES]).rstrip(b"=").decode()


def without_tokens(text: str, tokens: Iterable[str]) -> str:
    """Return the text as it may be kept and shown: every token replaced."""
    for secret in tokens:
        text = text.replace(secret, _SHOWN_INSTEAD)
    return text
