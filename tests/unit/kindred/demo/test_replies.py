"""What the demo sends as somebody's calendar program: an iTIP reply to the very invitation they got."""

import datetime as dt
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar

from kindred.demo.mailbox import Received
from kindred.demo.replies import reply_to

INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:vis-1@kindred.example
SEQUENCE:2
DTSTAMP:20261001T090000Z
DTSTART;TZID=Europe/London:20270311T090000
DTEND;TZID=Europe/London:20270311T150000
SUMMARY:Visit day
ORGANIZER:mailto:programmes@kindred.example
ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ada@school.example
END:VEVENT
END:VCALENDAR
"""
STAMPED = dt.datetime(2026, 10, 2, 8, tzinfo=dt.UTC)


def received(*, calendar: bool = True) -> Received:
    message = EmailMessage()
    message["Subject"] = "Please answer: visit day"
    message.set_content("See you there.")
    if calendar:
        message.add_alternative(INVITATION, subtype="calendar", params={"method": "REQUEST"})
    return Received("1", "ada@school.example", "Please answer: visit day", "<mai-1@x>", message.as_bytes())


@pytest.mark.parametrize("answer", ["ACCEPTED", "DECLINED"])
def test_an_answer_names_the_invitation_the_person_and_when_it_was_given(answer: str) -> None:
    message = reply_to(received(), "Ada Okafor", answer, STAMPED)
    assert message["From"] == "Ada Okafor <ada@school.example>"
    assert message["To"] == "programmes@kindred.example"
    assert message["Subject"] == f"{answer.title()}: Visit day"
    part = message.get_body(("calendar",))
    assert part is not None
    assert part.get_param("method") == "REPLY"
    calendar: Any = Calendar.from_ical(part.get_content())
    assert calendar["METHOD"] == "REPLY"
    (event,) = calendar.walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"]) == ("vis-1@kindred.example", 2)
    assert event["DTSTAMP"].dt == STAMPED
    assert (str(event["ATTENDEE"]), event["ATTENDEE"].params["PARTSTAT"]) == ("mailto:ada@school.example", answer)


def test_a_mail_without_an_invitation_cannot_be_answered_from_a_calendar() -> None:
    with pytest.raises(ValueError, match="'Please answer: visit day' carries no invitation"):
        reply_to(received(calendar=False), "Ada", "ACCEPTED", STAMPED)
