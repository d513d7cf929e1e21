"""Answers that calendars send (METHOD:REPLY, RFC 5546 section 3.2.3): read them, and decide which count.

An answer counts when its UID is ours, its ATTENDEE was invited and sent the mail, and it is newer than the last one by
(SEQUENCE, DTSTAMP). An older answer is ignored. Anything else waits for a person.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Literal

from icalendar import Calendar, Component

from services.notifications.domain.invitations import target_of
from shared.events.scheduling import Answer

_ANSWERS: Mapping[str, Answer] = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}


@dataclass(frozen=True)
class CalendarReply:
    """What somebody's calendar said."""

    target_id: str
    address: str
    answer: Answer
    sequence: int
    stamped: dt.datetime


@dataclass(frozen=True)
class Judged:
    """Whether a reply counts, and why not. ``triage``: somebody should look at it."""

    counts: bool
    why: str = ""

    @property
    def fate(self) -> Literal["counts", "ignored", "triage"]:
        """What to do with the reply."""
        return "counts" if self.counts else "ignored" if self.why.startswith("Older") else "triage"


class UnreadableError(ValueError):
    """The message is no calendar reply that can be read; its text says why."""


def calendar_part(message: EmailMessage) -> bytes | None:
    """Return the first calendar object in a mail, wherever it hides."""
    for part in message.walk():
        named = str(part.get_filename() or "").lower().endswith(".ics")
        if part.get_content_type() in {"text/calendar", "application/ics"} or named:
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else None
    return None


def read(ical: bytes, sender: str) -> CalendarReply:
    """Read a reply; raises UnreadableError when it is none, foreign, or not from the person it names."""
    try:
        calendar = Calendar.from_ical(ical)
        method = str(calendar.get("method", "")).upper()
        events = calendar.walk("VEVENT")
    except (ValueError, IndexError, KeyError, AttributeError) as error:
        raise UnreadableError(f"The calendar part cannot be read ({type(error).__name__}).") from None
    if method != "REPLY" or not events:
        raise UnreadableError(f"A calendar message that is no reply ({method or 'no method'}).")
    try:
        return _reply(events[0], sender)
    except UnreadableError:
        raise
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, OverflowError) as error:
        raise UnreadableError(f"The reply cannot be read ({type(error).__name__}).") from None


def _reply(event: Component, sender: str) -> CalendarReply:
    target_id = target_of(str(event.get("uid", "")))
    if target_id is None:
        raise UnreadableError("A reply to an invitation that is not ours.")
    attendee = event.get("attendee")
    if attendee is None or isinstance(attendee, list):
        raise UnreadableError("A reply that names no attendee, or several.")
    address = str(attendee).lower().removeprefix("mailto:").strip()
    if address != parseaddr(sender)[1].lower():
        raise UnreadableError("A reply for somebody else than who sent it.")
    answer = _ANSWERS.get(str(attendee.params.get("PARTSTAT", "")).upper())
    if answer is None:
        raise UnreadableError("A reply that neither accepts nor declines.")
    stamped = event.get("dtstamp")
    if stamped is None or not isinstance(stamped.dt, dt.datetime):
        raise UnreadableError("A reply without a time stamp.")
    moment = stamped.dt if stamped.dt.tzinfo else stamped.dt.replace(tzinfo=dt.UTC)
    return CalendarReply(target_id, address, answer, int(event.get("sequence", 0)), moment.astimezone(dt.UTC))


def judge(reply: CalendarReply, *, invited: bool, sequence: int | None, last: tuple[int, dt.datetime] | None) -> Judged:
    """Decide whether a reply counts. ``sequence``: the target's now, None if unknown; ``last``: their last reply."""
    if sequence is None:
        return Judged(False, "A reply to something unknown.")
    if not invited:
        return Judged(False, "A reply from an address that was not invited.")
    if reply.sequence < sequence:
        return Judged(False, "Older than the latest invitation.")
    if last is not None and (reply.sequence, reply.stamped) <= last:
        return Judged(False, "Older than the last reply.")
    return Judged(True)
