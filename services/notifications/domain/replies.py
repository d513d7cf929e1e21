"""Answers that calendars send (METHOD:REPLY, RFC 5546 section 3.2.3): what they say, and which of them count.

An answer counts when it proves whose it is, is to the date that stands, and has not been taken before. Of several the
one that arrived last counts, whatever DTSTAMP and SEQUENCE say: calendar programs repeat the one and raise the other.
"""

import codecs
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Literal
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, vCalAddress

from services.notifications.domain.invitations import seal_of, target_of
from services.notifications.domain.targets import Target
from shared.events.scheduling import Answer

_ANSWERS: Mapping[str, Answer] = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_REPLIES = re.compile(rb"^METHOD:REPLY\s*$", re.IGNORECASE | re.MULTILINE)
_MOST_EVENTS = 20
_WRITTEN = re.compile(r"(\d{8})(?:T(\d{6}))?Z?$")
Proof = Literal["own", "other-address", "none"]
Fate = Literal["counts", "filed", "waits", "asked"]


@dataclass(frozen=True)
class CalendarReply:
    """What a calendar said. ``address``: whose answer it is; ``sender``: who sent it; ``words``: written beside it.

    ``answer`` is None for who sends somebody else instead: ``delegated_to``, by address.
    """

    target_id: str
    address: str
    answer: Answer | None
    sequence: int
    stamped: dt.datetime | None = None
    seal: str = ""
    sender: str = ""
    starts: dt.date | dt.datetime | None = None
    words: str = ""
    delegated_to: str = ""

    @property
    def said(self) -> str:
        """The answer in a word."""
        return self.answer or "delegated"


@dataclass(frozen=True)
class Answerer:
    """Whose answer it is taken to be. ``known``: in the contact book; ``proof``: that they gave it.

    ``other-address``: the seal is theirs, and another address answered.
    """

    person_id: str | None
    proof: Proof
    invited: bool
    known: bool = False


@dataclass(frozen=True)
class Judged:
    """What becomes of a reply, and why. ``asked``: it waits, and the invited person is asked by mail."""

    fate: Fate
    why: str = ""


class UnreadableError(ValueError):
    """The message is no calendar reply that can be read; its text says why."""


@dataclass(frozen=True)
class CalendarPart:
    """The calendar object of a mail, with the METHOD that its Content-Type names, if it does."""

    ical: bytes
    method: str = ""

    @property
    def is_reply(self) -> bool:
        """Whether it says of itself that it is a reply."""
        return self.method.upper() == "REPLY" or _REPLIES.search(self.ical) is not None


def calendar_part(message: EmailMessage) -> CalendarPart | None:
    """Return the calendar object in a mail, wherever it hides: of several the first that is a reply, else the first."""
    found: list[CalendarPart] = []
    for part in message.walk():
        named = str(part.get_filename() or "").lower().endswith(".ics")
        if part.get_content_type() in {"text/calendar", "application/ics"} or named:
            payload = part.get_payload(decode=True)
            if not isinstance(payload, bytes):
                return None
            found.append(CalendarPart(_as_utf8(payload, part), str(part.get_param("method", ""))))
    return next((one for one in found if one.is_reply), next(iter(found), None))


def _as_utf8(payload: bytes, part: EmailMessage) -> bytes:
    """Return the calendar as its readers want it: in UTF-8, without a byte order mark."""
    named = str(part.get_content_charset("utf-8"))
    wide = payload.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return payload.decode("utf-16" if wide else named).removeprefix("\ufeff").encode()
    except (LookupError, ValueError):
        return payload


def read(ical: bytes, sender: str, method: str = "") -> CalendarReply:
    """Read a reply; raises UnreadableError when it is none, or foreign. ``method``: for one that does not say it."""
    try:
        calendar = _calendar(ical)
        method = str(calendar.get("method", method)).upper()
        events = calendar.walk("VEVENT")
    except (ValueError, IndexError, KeyError, AttributeError) as error:
        raise UnreadableError(f"The calendar part cannot be read ({type(error).__name__}).") from None
    if method != "REPLY" or not events:
        raise UnreadableError(f"A calendar message that is no reply ({method or 'no method'}).")
    try:
        return _only(events, sender)
    except UnreadableError:
        raise
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, OverflowError) as error:
        raise UnreadableError(f"The reply cannot be read ({type(error).__name__}).") from None


def _calendar(ical: bytes) -> Component:
    """Return a calendar; of one with lines that are none, the rest."""
    try:
        return Calendar.from_ical(ical)
    except ValueError:
        lines = re.sub(rb"\r?\n[ \t]", b"", ical).splitlines()
        return Calendar.from_ical(b"\r\n".join(line for line in lines if b":" in line))


def _only(events: list[Component], sender: str) -> CalendarReply:
    """Return what all events of a calendar object answer, which is one thing in one way."""
    answers = [_reply(event, sender) for event in events[:_MOST_EVENTS]]
    if len(events) > _MOST_EVENTS or len({(one.target_id, one.address, one.said) for one in answers}) > 1:
        raise UnreadableError("A calendar object that answers several things, or one in several ways.")
    return answers[0]


def _reply(event: Component, sender: str) -> CalendarReply:
    named = str(event.get("uid", ""))
    target_id = target_of(named)
    if target_id is None:
        raise UnreadableError("A reply to an invitation that is not ours.")
    attendee = _answering(event)
    address = _address(attendee)
    said = str(attendee.params.get("PARTSTAT", "")).upper()
    answer, delegated_to = _ANSWERS.get(said), _delegated_to(attendee) if said == "DELEGATED" else ""
    if answer is None and not delegated_to:
        raise UnreadableError("A reply that neither accepts nor declines.")
    return CalendarReply(
        target_id, address, answer, _sequence(event), _stamp(event), seal_of(named),
        parseaddr(sender)[1].lower(), _starts(event), _words(event, attendee),
        delegated_to,
    )  # fmt: skip


def _answering(event: Component) -> vCalAddress:
    """Return who answers. Some programs name the organizer, or who has not answered, beside them."""
    found = event.get("attendee")
    named = found if isinstance(found, list) else [] if found is None else [found]
    organizer = _address(event.get("organizer", ""))
    answering = [
        one for one in named
        if _address(one) != organizer and str(one.params.get("PARTSTAT", "")).upper() not in {"", "NEEDS-ACTION"}
    ]  # fmt: skip
    if len(named) != 1 and len(answering) != 1:
        raise UnreadableError("A reply that names no attendee, or several.")
    one: vCalAddress = named[0] if len(named) == 1 else answering[0]
    return one


def _sequence(event: Component) -> int:
    try:
        return int(event.get("sequence", 0))
    except ValueError:
        return 0


def _starts(event: Component) -> dt.date | dt.datetime | None:
    """Return the start; only its day where its time is in a zone that nobody knows (tzone://Microsoft/Custom)."""
    starts = event.get("dtstart")
    if starts is None:
        return None
    try:
        found: dt.date | dt.datetime = starts.dt
    except (ValueError, AttributeError):
        return _written_start(f"{starts.params.get('TZID', '')}:{starts}")
    return found


def _written_start(text: str) -> dt.date | dt.datetime:
    found = _WRITTEN.search(text)
    if found is None:
        raise ValueError("no day")
    whole = dt.datetime.strptime(found[1] + (found[2] or "000000"), "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    return whole if found[2] and "/utc" in text.casefold() else whole.date()


def _address(said: str) -> str:
    return unquote(str(said)).lower().removeprefix("mailto:").strip()


def _delegated_to(attendee: vCalAddress) -> str:
    """Return who comes instead (RFC 5545 section 3.2.5), the first of several; "" where nobody is named."""
    named = attendee.params.get("DELEGATED-TO", "")
    return _address(named[0] if isinstance(named, list) and named else str(named))


def _words(event: Component, attendee: vCalAddress) -> str:
    """Return what somebody wrote beside their answer: COMMENT, or the parameter that some programs use instead."""
    said = event.get("comment", attendee.params.get("X-RESPONSE-COMMENT", ""))
    return " ".join(str(one) for one in (said if isinstance(said, list) else [said])).strip()


def _stamp(event: Component) -> dt.datetime | None:
    stamped = event.get("dtstamp")
    if stamped is None:
        return None
    if not isinstance(stamped.dt, dt.datetime):
        raise UnreadableError("A reply whose time stamp is none.")
    return (stamped.dt if stamped.dt.tzinfo else stamped.dt.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)


def judge(reply: CalendarReply, target: Target | None, answerer: Answerer) -> Judged:
    """Decide what becomes of a reply that has not been taken before."""
    if target is None:
        return Judged("waits", "A reply to something unknown.")
    if answerer.person_id is None or not answerer.invited:
        return _uninvited(reply, answerer)
    if reply.delegated_to:
        return Judged("waits", _delegated(reply, answerer))
    if answerer.proof != "own":
        return Judged("asked", _unproven(reply, answerer))
    if target.state != "scheduled":
        return Judged("filed", "An answer to what has taken place or been cancelled.")
    return Judged("counts") if stands(reply, target) else Judged("asked", "An answer to a date that has moved since.")


def _delegated(reply: CalendarReply, answerer: Answerer) -> str:
    doubt = "" if answerer.proof == "own" else " Nothing proves that they say so themselves."
    return f"{reply.address} would send {reply.delegated_to} instead.{doubt} To allow it: kindred replies place"


def _unproven(reply: CalendarReply, answerer: Answerer) -> str:
    if answerer.proof == "other-address":
        return "An answer from another address than the one that was invited."
    if reply.address != reply.sender:
        return "A reply for somebody else than who sent it."
    return "An answer that nothing proves. The person has been mailed a link to answer with."


def _uninvited(reply: CalendarReply, answerer: Answerer) -> Judged:
    if answerer.known and reply.answer == "accepted":
        return Judged("filed", "Accepted by somebody who is told of it and not asked.")
    return Judged("waits", "A reply from an address that was not invited.")


def stands(reply: CalendarReply, target: Target) -> bool:
    """Tell whether a reply is to the date that stands: by its DTSTART, and only without one by its SEQUENCE."""
    if reply.starts is None:
        return reply.sequence >= target.sequence
    if not isinstance(reply.starts, dt.datetime) or target.starts is None:
        found = reply.starts
        return (found.date() if isinstance(found, dt.datetime) else found) == target.on
    zone = ZoneInfo(target.timezone)
    begins = dt.datetime.combine(target.on, target.starts, zone)
    said = reply.starts if reply.starts.tzinfo else reply.starts.replace(tzinfo=zone)
    return said.astimezone(dt.UTC) == begins.astimezone(dt.UTC)
