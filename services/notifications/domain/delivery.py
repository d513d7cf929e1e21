"""What to do after an attempt to hand a mail to the relay.

Replies are judged by RFC 5321 section 4.2 and enhanced status codes (RFC 3463): 4xx is tried again with growing,
jittered pauses for a day; 5xx ends it; 5.1.x means that the address is wrong, so nothing more is sent to it until it is
corrected. A connection lost after the final dot of DATA leaves open whether the relay has the mail: once more with the
same Message-ID, and never for a reminder. One lost before that dot has handed over nothing (RFC 5321 section 4.1.1.4).
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from shared.commands.notifications import MailState

Ending = Literal["accepted", "refused", "unreachable", "lost-after-data"]
GIVE_UP_AFTER = dt.timedelta(hours=24)
FIRST_PAUSE = 30.0
LONGEST_PAUSE = 3600.0
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Attempt:
    """How an attempt ended. ``stage`` is how far it came: connect, login, mail, rcpt, text, data (the final dot)."""

    ending: Ending
    code: int = 0
    text: str = ""
    stage: str = ""

    @property
    def status(self) -> str:
        """The enhanced status code (RFC 3463), or the plain one where the server gives none."""
        found = _ENHANCED.search(self.text)
        return found.group(1) if found else str(self.code or "")

    @property
    def wrong_address(self) -> bool:
        """Tell whether the reply says that this mailbox does not exist."""
        if self.status.startswith("5.1."):
            return True
        return self.stage == "rcpt" and self.code in {550, 551, 553} and "." not in self.status


@dataclass(frozen=True)
class Verdict:
    """The mail's next state, when to try again, and whether its address is to be left alone from now on."""

    state: MailState
    try_at: dt.datetime | None = None
    suppress: bool = False
    detail: str = ""
    status: str = ""


def pause(attempts: int, chance: float) -> dt.timedelta:
    """Return the wait after that many attempts: doubling to an hour, spread by ``chance`` (0 to 1) over its half."""
    whole = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** max(0, attempts - 1))
    return dt.timedelta(seconds=whole * (0.5 + chance / 2))


def judge(
    attempt: Attempt,
    *,
    attempts: int,
    first_tried: dt.datetime,
    now: dt.datetime,
    reminder: bool,
    extra_used: bool,
    chance: float,
) -> Verdict:
    """Return what becomes of a mail after ``attempt``, the ``attempts``-th one."""
    if attempt.ending == "accepted":
        return Verdict("accepted", detail=attempt.text[:200])
    if attempt.ending == "lost-after-data":
        return after_unknown(reminder=reminder, extra_used=extra_used, now=now)
    if attempt.ending == "refused" and attempt.code >= 500:
        if attempt.wrong_address:
            return Verdict("bounced", suppress=True, detail=_said(attempt), status=attempt.status)
        return Verdict("failed", detail=_said(attempt), status=attempt.status)
    away = relay_away(attempt)
    if not away and now - first_tried >= GIVE_UP_AFTER:
        return Verdict("failed", detail=f"Given up after 24 hours. {_said(attempt)}")
    return Verdict("deferred", try_at=now if away else now + pause(attempts, chance), detail=_said(attempt))


def after_unknown(*, reminder: bool, extra_used: bool, now: dt.datetime) -> Verdict:
    """Return what to do when nobody knows whether the relay took the mail."""
    if reminder:
        return Verdict(
            "unknown", detail="The connection was lost after the text was sent; a reminder is not sent twice."
        )
    if extra_used:
        return Verdict("unknown", detail="The connection was lost after the text was sent, twice.")
    return Verdict("queued", try_at=now, detail="The connection was lost after the text was sent; sent once more.")


def relay_away(attempt: Attempt) -> bool:
    """Tell whether an attempt failed for reasons that no other mail would escape: no connection, or no login."""
    return attempt.ending == "unreachable" and attempt.stage in {"connect", "login"}


def why_away(attempt: Attempt) -> str:
    """Return in words why the relay takes no mails."""
    said = f"{attempt.code or ''} {attempt.text[:200]}".strip()
    if attempt.stage == "login":
        return f"The relay refuses the login: {said}"
    return f"The relay could not be reached: {said}"


def _said(attempt: Attempt) -> str:
    if relay_away(attempt):
        return why_away(attempt)
    if attempt.ending == "unreachable":
        return f"The connection to the relay was lost before the end of the text: {attempt.text[:200]}"
    return f"The relay answered {attempt.code} {attempt.text[:200]}".rstrip()
