"""Answers that calendars send (METHOD:REPLY, RFC 5546 section 3.2.3), and other times that they propose."""

import codecs
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote

from icalendar import Calendar, Component, vCalAddress

from services.notifications.domain.invitations import seal_of, target_of
from shared.events.scheduling import Answer

_ANSWERS: Mapping[str, Answer] = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_REPLIES = re.compile(rb"^METHOD: ?REPLY\s*$", re.IGNORECASE | re.MULTILINE)
_MOST_EVENTS = 20
PROPOSED = "another time"
"""What stands for the answer where somebody proposes one."""
_WRITTEN = re.compile(r"(\d{8})(?:T(\d{6}))?Z?$")


@dataclass(frozen=True)
class CalendarReply:
    """What a calendar said. ``address``: whose answer it is; ``sender``: who sent it; ``words``: written beside it.

    ``answer`` is None for who sends somebody else instead: ``delegated_to``, by address; and for who ``proposes``
    another time (METHOD:COUNTER, RFC 5546 section 3.2.7). ``entry``: what the calendar repeats of our own entry.
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
    ends: dt.date | dt.datetime | None = None
    proposes: bool = False
    entry: str = ""

    @property
    def said(self) -> str:
        """The answer in a word."""
        return self.answer or (PROPOSED if self.proposes else "delegated")


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
        method = str(calendar.get("method", method)).strip().upper()
        events = calendar.walk("VEVENT")
    except (ValueError, IndexError, KeyError, AttributeError) as error:
        raise UnreadableError(f"The calendar part cannot be read ({type(error).__name__}).") from None
    if method not in {"REPLY", "COUNTER"} or not events:
        raise UnreadableError(f"A calendar message that is no reply ({method or 'no method'}).")
    try:
        return _only(events, sender, proposes=method == "COUNTER")
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


def _only(events: list[Component], sender: str, *, proposes: bool) -> CalendarReply:
    """Return what all events of a calendar object answer, which is one thing in one way."""
    answers = [_reply(event, sender, proposes=proposes) for event in events[:_MOST_EVENTS]]
    if len(events) > _MOST_EVENTS or len({(one.target_id, one.address, one.said) for one in answers}) > 1:
        raise UnreadableError("A calendar object that answers several things, or one in several ways.")
    return answers[0]


def _reply(event: Component, sender: str, *, proposes: bool) -> CalendarReply:
    named = str(_first(event, "uid") or "")
    target_id = target_of(named)
    if target_id is None:
        raise UnreadableError("A reply to an invitation that is not ours.")
    attendee = _answering(event)
    address = _address_of(attendee)
    said = str(attendee.params.get("PARTSTAT", "")).upper()
    answer, delegated_to = _ANSWERS.get(said), _delegated_to(attendee) if said == "DELEGATED" else ""
    answer = None if proposes else answer
    if answer is None and not delegated_to and not proposes:
        raise UnreadableError("A reply that neither accepts nor declines.")
    return CalendarReply(
        target_id, address, answer, _sequence(event), _stamp(event), seal_of(named),
        parseaddr(sender)[1].lower(), _moment(event, "dtstart"), _words(event, attendee),
        "" if proposes else delegated_to, _moment(event, "dtend"), proposes, _entry(event),
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
        return int(_first(event, "sequence") or 0)
    except ValueError:
        return 0


def _first(event: Component, name: str) -> Any:
    """Return a property, the first of several, None without one."""
    found = event.get(name)
    return found[0] if isinstance(found, list) and found else found


def _moment(event: Component, name: str) -> dt.date | dt.datetime | None:
    """Return a start or end; only its day where its time is in a zone that nobody knows (tzone://Microsoft/Custom)."""
    said = _first(event, name)
    if said is None:
        return None
    try:
        found: dt.date | dt.datetime = said.dt
    except (ValueError, AttributeError):
        return _written_start(f"{said.params.get('TZID', '')}:{said}")
    return found


def _written_start(text: str) -> dt.date | dt.datetime:
    found = _WRITTEN.search(text)
    if found is None:
        raise ValueError("no day")
    whole = dt.datetime.strptime(found[1] + (found[2] or "000000"), "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    return whole if found[2] and "/utc" in text.casefold() else whole.date()


def _address(said: str) -> str:
    return unquote(str(said)).lower().removeprefix("mailto:").strip()


def _address_of(attendee: vCalAddress) -> str:
    """Return an attendee's address; Apple's calendars name themselves by a path or URN and give it as EMAIL."""
    named, beside = _address(attendee), _address(str(attendee.params.get("EMAIL", "")))
    return named if "@" in named else beside or named


def _delegated_to(attendee: vCalAddress) -> str:
    """Return who comes instead (RFC 5545 section 3.2.5), the first of several; "" where nobody is named."""
    named = attendee.params.get("DELEGATED-TO", "")
    return _address(named[0] if isinstance(named, list) and named else str(named))


def _words(event: Component, attendee: vCalAddress) -> str:
    """Return what somebody wrote beside their answer: COMMENT, or the parameter that some programs use instead."""
    said = event.get("comment", attendee.params.get("X-RESPONSE-COMMENT", ""))
    return " ".join(str(one) for one in (said if isinstance(said, list) else [said])).strip()


def _stamp(event: Component) -> dt.datetime | None:
    """Return when it says that it was written; None where that cannot be read, as nothing hangs on it."""
    try:
        stamped: dt.datetime = _first(event, "dtstamp").dt
        return (stamped if stamped.tzinfo else stamped.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (AttributeError, ValueError, OverflowError):
        return None


def _entry(event: Component) -> str:
    return "\n".join(str(_first(event, name) or "") for name in ("summary", "location", "description"))
