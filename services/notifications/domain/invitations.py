"""Calendar invitations (iTIP, RFC 5546): REQUEST invites or updates, CANCEL is for people no longer needed.

Each person has a UID of their own that never changes; its seal proves whose answer comes back. SEQUENCE comes from the
publisher. ORGANIZER is the mailbox that reads the replies. The only ATTENDEE is the person who gets the mail, so that
nobody's address reaches somebody else. Calendars are shared, so an invitation holds no link tokens.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText
from icalendar.parser import Contentline

from services.notifications.domain.recipients import Method
from shared.vtimezone import vtimezone_bytes

_UID_DOMAIN = "kindred"
_WRAPPED = re.compile(r"040000008200e00074c5b7101a82e008(?:[0-9a-f]{2})+", re.IGNORECASE)
_LONGEST_WRAPPED = 1_000


@dataclass(frozen=True)
class Mailbox:
    """A name with its address."""

    name: str
    address: str


_NOBODY = Mailbox("", "")


@dataclass(frozen=True)
class Invitation:
    """What an invitation says. Times are local to ``timezone``; without them it takes the whole day.

    ``asked``: an answer is wanted (RSVP). ``agreed``: the attendee has agreed already.
    """

    target_id: str
    sequence: int
    method: Method
    stamped: dt.datetime
    on: dt.date
    starts: dt.time | None
    ends: dt.time | None
    timezone: str
    summary: str
    description: str
    location: str
    organizer: Mailbox
    attendee: Mailbox
    asked: bool = True
    agreed: bool = False
    seal: str = ""


def uid(target_id: str, seal: str = "") -> str:
    """Return a person's calendar UID of a visit, event, agreed day or call: it never changes.

    Release 0.1.0 gave everybody the one without a seal.
    """
    return f"{target_id}.{seal}@{_UID_DOMAIN}" if seal else f"{target_id}@{_UID_DOMAIN}"


def target_of(uid_text: str) -> str | None:
    """Return the id behind a UID of ours, however its letters came back; None for a foreign one."""
    name, _, domain = _unwrapped(uid_text).partition("@")
    return name.partition(".")[0] or None if domain == _UID_DOMAIN else None


def seal_of(uid_text: str) -> str:
    """Return the seal in a UID of ours, "" where there is none."""
    return _unwrapped(uid_text).partition("@")[0].partition(".")[2]


def _unwrapped(uid_text: str) -> str:
    """Return a UID in small letters, as it was sent.

    Some servers of Exchange put a foreign UID into one of their own: in hexadecimal digits, behind `vCal-Uid`
    ([MS-OXOCAL] 2.2.1.27). Others write its @ as %40.
    """
    text = unquote(uid_text.strip())
    if len(text) < _LONGEST_WRAPPED and _WRAPPED.fullmatch(text):
        _, found, behind = bytes.fromhex(text).partition(b"vCal-Uid\x01\x00\x00\x00")
        text = behind.partition(b"\x00")[0].decode("ascii", "replace") if found else text
    return text.lower()


def ics(invitation: Invitation) -> bytes:
    """Return the iCalendar object (RFC 5545) of an invitation, update or cancellation."""
    opening, closing = _all_but_attendee(replace(invitation, attendee=_NOBODY, asked=True, agreed=False, seal=""))
    return opening + _own_lines(invitation) + closing


@lru_cache(maxsize=256)
def _all_but_attendee(invitation: Invitation) -> tuple[bytes, bytes]:
    """Return the object before and after its UID and ATTENDEE: the same for everybody invited, and so made once."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kindred//Invitations//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method)
    opening, end, rest = bytes(calendar.to_ical()).rpartition(b"END:VCALENDAR")
    event, last, tail = bytes(_event(invitation).to_ical()).rpartition(b"END:VEVENT")
    zone = b"" if invitation.starts is None else vtimezone_bytes(invitation.timezone)
    return opening + zone + event, last + tail + end + rest


def _event(invitation: Invitation) -> Event:
    event = Event()
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamped)
    first, last = _span(invitation)
    event.add("dtstart", first)
    event.add("dtend", last)
    texts = {"summary": invitation.summary, "description": invitation.description, "location": invitation.location}
    for name, text in texts.items():
        if text.strip():
            event.add(name, text)
    event.add("status", "CANCELLED" if invitation.method == "CANCEL" else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event["organizer"] = _address(invitation.organizer)
    return event


def _span(invitation: Invitation) -> tuple[dt.date, dt.date]:
    """Return DTSTART and DTEND: instants with their zone, or dates with an exclusive end (RFC 5545 section 3.6.1)."""
    if invitation.starts is None or invitation.ends is None:
        return invitation.on, invitation.on + dt.timedelta(days=1)
    zone = ZoneInfo(invitation.timezone)
    starts, ends = (dt.datetime.combine(invitation.on, at, zone) for at in (invitation.starts, invitation.ends))
    return starts, ends


def _own_lines(invitation: Invitation) -> bytes:
    person, named = _attendee(invitation), vText(uid(invitation.target_id, invitation.seal))
    lines = (
        Contentline.from_parts("UID", named.params, named),
        Contentline.from_parts("ATTENDEE", person.params, person),
    )
    return b"".join(bytes(line.to_ical()) + b"\r\n" for line in lines)


def _attendee(invitation: Invitation) -> vCalAddress:
    person = _address(invitation.attendee)
    person.params["CUTYPE"] = vText("INDIVIDUAL")
    comes = invitation.asked or invitation.agreed
    person.params["ROLE"] = vText("REQ-PARTICIPANT" if comes else "NON-PARTICIPANT")
    person.params["PARTSTAT"] = vText("ACCEPTED" if invitation.agreed else "NEEDS-ACTION")
    person.params["RSVP"] = vText("TRUE" if invitation.asked else "FALSE")
    return person


def _address(mailbox: Mailbox) -> vCalAddress:
    address = vCalAddress(f"mailto:{mailbox.address}")
    address.params["CN"] = vText(mailbox.name.replace('"', "'"))
    return address
