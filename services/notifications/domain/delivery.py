"""What to do after an attempt to hand a mail to the relay.

Replies are judged by RFC 5321 section 4.2 and enhanced status codes (RFC 3463): 4xx is tried again with growing,
jittered pauses for a day. A 5xx at RCPT about the recipient means that the address is wrong, so nothing more is sent to
it until it is corrected. One about our server, sender or policy is tried again for a weekend and a day, since an
operator has something to mend; one about a full mailbox for a day. Every other 5xx ends it.

A connection lost after the final dot of DATA leaves open whether the relay has the mail: once more with the same
Message-ID, and never for a reminder. One lost before that dot has handed over nothing (RFC 5321 section 4.1.1.4).
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from services.notifications.domain.bounces import Failure
from services.notifications.domain.refusals import enhanced, fault_of
from shared.commands.notifications import MailFault, MailState

Ending = Literal["accepted", "refused", "unreachable", "lost-after-data"]
GIVE_UP_AFTER = dt.timedelta(hours=24)
OPERATOR_HAS = dt.timedelta(days=4)
FIRST_PAUSE = 30.0
LONGEST_PAUSE = 3600.0
_AFTER_BOUNCE = dt.timedelta(hours=1)
_MAILBOX_CODES = frozenset({550, 551, 553})


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
        return enhanced(self.text) or str(self.code or "")

    @property
    def fault(self) -> MailFault:
        """Whose fault a refusal is. Only a reply to RCPT can be about the recipient."""
        if self.stage == "mail":
            return "operator"
        fault = fault_of("", f"{self.code} {self.text}")
        if self.stage == "rcpt" and fault == "unclear" and self.code in _MAILBOX_CODES and "." not in self.status:
            return "recipient"
        return fault if fault != "recipient" or self.stage == "rcpt" else "unclear"


@dataclass(frozen=True)
class Verdict:
    """The mail's next state, when to try again, and whether its address is to be left alone from now on.

    ``fault``: whose fault the refusal is that it waits or ended for.
    """

    state: MailState
    try_at: dt.datetime | None = None
    suppress: bool = False
    detail: str = ""
    status: str = ""
    fault: MailFault | Literal[""] = ""


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
        return _after_refusal(attempt, attempts, first_tried, now, chance)
    away = relay_away(attempt)
    if not away and now - first_tried >= GIVE_UP_AFTER:
        return Verdict("failed", detail=f"Given up after 24 hours. {_said(attempt)}")
    return Verdict("deferred", try_at=now if away else now + pause(attempts, chance), detail=_said(attempt))


def _after_refusal(
    attempt: Attempt, attempts: int, first_tried: dt.datetime, now: dt.datetime, chance: float
) -> Verdict:
    fault, detail = attempt.fault, _said(attempt)
    if fault == "recipient":
        return Verdict("bounced", suppress=True, detail=detail, status=attempt.status, fault=fault)
    if now - first_tried < _patience(fault):
        again = now + pause(attempts, chance)
        return Verdict("deferred", try_at=again, detail=detail, status=attempt.status, fault=fault)
    return Verdict("failed", detail=detail, status=attempt.status, fault=fault)


def after_bounce(
    failure: Failure, *, elsewhere: bool, sealed: bool, edition: int, first_tried: dt.datetime, now: dt.datetime
) -> Verdict:
    """Return what becomes of a mail that came back.

    ``elsewhere``: another address failed than the one it went to, such as the target of a forward; that one is not
    held, and nothing is sent again. ``sealed``: its bounce address tells editions apart, so it can be sent again.
    """
    fault, code = failure.fault, failure.code
    detail = f"{code} {failure.said}".strip()[:200]
    if elsewhere:
        return Verdict("bounced", detail=f"It was passed on to {failure.recipient}: {detail}", status=code)
    if fault == "recipient":
        return Verdict("bounced", suppress=True, detail=detail, status=code, fault=fault)
    if sealed and now - first_tried < _patience(fault):
        again = now + _AFTER_BOUNCE * 2.0 ** (edition - 1)
        return Verdict("deferred", try_at=again, detail=detail, status=code, fault=fault)
    return Verdict("bounced", detail=detail, status=code, fault=fault)


def _patience(fault: MailFault) -> dt.timedelta:
    """Return for how long mails are sent again that were refused for good."""
    return {"operator": OPERATOR_HAS, "full": GIVE_UP_AFTER}.get(fault, dt.timedelta(0))


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


def sender_refused(attempt: Attempt) -> bool:
    """Tell whether the relay refuses the sender, and with it every mail."""
    return attempt.ending == "refused" and attempt.stage == "mail" and attempt.code >= 500


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
