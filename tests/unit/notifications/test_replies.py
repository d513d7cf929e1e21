"""Calendar replies of strangers: whatever comes, it is a reply or it is unreadable, never a crash."""

import datetime as dt
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.invitations import uid
from services.notifications.domain.replies import UnreadableError, calendar_part, read

SENDER = "Ada Okafor <ada@school.example>"
UID = uid("vis-1")
GOOD = {
    "UID": UID,
    "ATTENDEE;PARTSTAT=ACCEPTED": "mailto:ada@school.example",
    "DTSTAMP": "20261101T120000Z",
    "SEQUENCE": "2",
}


def ical(lines):
    event = [f"{name}:{value}" for name, value in lines]
    whole = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        *event,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(whole).encode()


def test_a_good_reply_is_read():
    reply = read(ical(GOOD.items()), SENDER)
    assert (reply.target_id, reply.answer, reply.sequence) == ("vis-1", "accepted", 2)
    assert reply.stamped == dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "lines",
    [
        [*GOOD.items(), ("SEQUENCE", "3")],
        [*GOOD.items(), ("DTSTAMP", "20261101T120000Z")],
        {**GOOD, "DTSTAMP": "gestern"}.items(),
        {**GOOD, "DTSTAMP": "20261101"}.items(),
    ],
    ids=["two sequences", "two stamps", "stamp is no time", "stamp is a day"],
)
def test_a_reply_counts_whatever_its_stamp_and_sequence_are_worth(lines):
    reply = read(ical(lines), SENDER)
    assert (reply.target_id, reply.answer, reply.sequence) == ("vis-1", "accepted", 2)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*GOOD, "ATTENDEE", "DTSTAMP;VALUE=DATE", "RRULE", "DTSTAMP;TZID=Mars"]),
            st.one_of(st.sampled_from(list(GOOD.values())), st.text(max_size=20)),
        ),
        max_size=6,
    )
)
def test_no_lines_make_it_fall_over(lines):
    with suppress(UnreadableError):
        read(ical(lines), SENDER)


@pytest.mark.parametrize(
    ("charset", "encoding"), [("utf-16", "utf-16"), ("utf-8", "utf-8-sig"), ("iso-8859-1", "latin-1")]
)
def test_a_calendar_is_read_in_whatever_encoding_its_part_names(charset, encoding):
    message = EmailMessage()
    message.set_content("BEGIN:VCALENDAR\r\nSUMMARY:Zoë\r\nEND:VCALENDAR\r\n".encode(encoding), "text", "calendar")
    message.set_param("charset", charset)
    part = calendar_part(message)
    assert part is not None
    assert part.ical == "BEGIN:VCALENDAR\r\nSUMMARY:Zoë\r\nEND:VCALENDAR\r\n".encode()
