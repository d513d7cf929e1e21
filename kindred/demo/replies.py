"""What a calendar program sends when somebody presses Accept or Decline (RFC 5546, METHOD:REPLY)."""

import datetime as dt
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import aiosmtplib
from icalendar import Calendar, Event, vCalAddress, vText

from kindred.demo.mailbox import Received


def reply_to(invitation: Received, name: str, answer: str, stamped: dt.datetime) -> EmailMessage:
    """Build the answer of `name` to an invitation; `answer` is ACCEPTED, DECLINED or TENTATIVE."""
    asked = invitation.calendar
    if asked is None:
        raise ValueError(f"{invitation.subject!r} carries no invitation")
    event = next(part for part in asked.walk("VEVENT"))
    message = EmailMessage()
    organizer = str(event["organizer"]).removeprefix("mailto:").removeprefix("MAILTO:")
    message["From"] = f'"{name}" <{invitation.to}>'
    message["To"] = organizer
    message["Subject"] = f"{answer.title()}: {event['summary']}"
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=invitation.to.partition("@")[2])
    said = "tentatively accepted" if answer == "TENTATIVE" else answer.lower()
    message.set_content(f"{name} has {said} this invitation.")
    calendar = _reply(event, invitation.to, name, answer, stamped)
    message.add_alternative(calendar.to_ical().decode(), subtype="calendar", params={"method": "REPLY"})
    return message


async def send(message: EmailMessage, host: str, port: int) -> None:
    """Hand it to the listener for replies, as the organiser's mail server would."""
    await aiosmtplib.send(message, hostname=host, port=port, start_tls=False, timeout=30)


def _reply(asked: object, address: str, name: str, answer: str, stamped: dt.datetime) -> Calendar:
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Calendar of a made-up person//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REPLY")
    for copied in ("uid", "sequence", "dtstart", "dtend", "summary", "organizer"):
        event[copied] = asked[copied]  # type: ignore[index]  # the request has an event
    event.add("dtstamp", stamped.astimezone(dt.UTC))
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["CN"] = vText(name)
    attendee.params["PARTSTAT"] = vText(answer)
    event.add("attendee", attendee, encode=False)
    calendar.add_component(event)
    return calendar
