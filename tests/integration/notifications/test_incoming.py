"""What comes back by mail: calendar answers, bounces, wishes, and what nobody can place."""

import asyncio
import datetime as dt
from email import message_from_string
from email.message import EmailMessage, Message
from email.utils import parseaddr

import aiosmtplib
import pytest
from icalendar import Calendar

from services.notifications.settings import NotificationsSettings
from shared.commands.notifications import ListTriage
from shared.events.notifications import CalendarReplyReceived, MailBounced
from tests.integration.notifications.conftest import listed, published_by
from tests.unit.notifications import world
from tests.waiting import until

HEAD = "per-2-headteacher@schools.example"
MAILBOX = "programmes@kindred.example"
OWN = "the entry they were sent"


@pytest.fixture
def inbound_port(unused_tcp_port: int) -> int:
    return unused_tcp_port


@pytest.fixture
def own(own: NotificationsSettings, inbound_port: int) -> NotificationsSettings:
    return own.model_copy(update={"notifications_inbound_port": inbound_port})


@pytest.fixture
async def invited(service, publish, mailboxes):
    await publish(world.visit_scheduled())
    await until(lambda: len(mailboxes.mails) == 8)
    return mailboxes


@pytest.fixture
def deliver(inbound_port: int, mailboxes):
    """Hand a message in; OWN in it becomes the UID of the entry that its sender was sent."""

    async def hand_in(message, to: str = MAILBOX, sender: str = HEAD) -> int:
        part = next((one for one in message.walk() if one.get_content_type() == "text/calendar"), None)
        if part is not None and OWN in part.get_content():
            found = part.get_content().replace(OWN, uid_sent_to(mailboxes, parseaddr(message["From"])[1]))
            part.set_content(found, subtype="calendar", params={"method": "REPLY"})
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=inbound_port) as smtp:
            _, text = await smtp.sendmail(sender, [to], message.as_bytes())
            return int(text == "OK") and 250

    return hand_in


def uid_sent_to(mailboxes, address: str) -> str:
    """The UID of the entry that an address was sent last."""
    (part,) = [one for one in mailboxes.to(address)[-1].walk() if one.get_content_type() == "text/calendar"]
    return str(Calendar.from_ical(part.get_content()).walk("VEVENT")[0]["uid"])


def answer(
    partstat: str, *, attendee: str = HEAD, sender: str = HEAD, sequence: int = 0, uid: str = OWN,
    stamped: str = "20261101T120000Z",
) -> EmailMessage:  # fmt: skip
    ical = "\r\n".join(
        [
            "BEGIN:VCALENDAR", "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", "VERSION:2.0",
            "METHOD:REPLY", "BEGIN:VEVENT", f"ATTENDEE;PARTSTAT={partstat}:mailto:{attendee}", f"UID:{uid}",
            f"DTSTAMP:{stamped}", f"SEQUENCE:{sequence}", "DTSTART:20270513T080000Z", "DTEND:20270513T140000Z",
            "SUMMARY:Accepted: Visit day", "END:VEVENT", "END:VCALENDAR", "",
        ]
    )  # fmt: skip
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, MAILBOX, f"{partstat}: Visit day"
    message.set_content("Ann Beaumont has answered this invitation.")
    message.add_alternative(ical, subtype="calendar", params={"method": "REPLY"})
    return message


async def test_accept_in_a_calendar_is_told_once(invited, deliver, database):
    assert await deliver(answer("ACCEPTED")) == 250
    assert await deliver(answer("ACCEPTED")) == 250
    (told,) = await published_by(database, CalendarReplyReceived)
    assert told.received_at is not None
    assert [told.model_copy(update={"received_at": None})] == [
        CalendarReplyReceived(
            version=1, target_id=world.VISIT, target_kind="visit", person_id="per-2-headteacher", answer="accepted",
            sequence=0, stamped=dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC),
        )
    ]  # fmt: skip


async def test_the_answer_that_arrives_later_counts_whatever_its_stamp_says(invited, deliver, database):
    await deliver(answer("ACCEPTED"))
    await deliver(answer("DECLINED", stamped="20261102T120000Z"))
    await deliver(answer("TENTATIVE", stamped="20261031T120000Z"))
    assert [(reply.version, reply.answer) for reply in await published_by(database, CalendarReplyReceived)] == [
        (1, "accepted"),
        (2, "declined"),
        (3, "tentative"),
    ]


async def test_an_answer_to_the_date_before_a_move_is_kept_and_the_person_asked_about_the_new_one(
    invited, publish, deliver, database, client
):
    from shared.events.scheduling import VisitMoved

    moved = {**world.visit_facts(version=3, on=dt.date(2027, 5, 20), sequence=1), "why": "decline"}
    await publish(VisitMoved.model_validate({**moved, "moved_from": dt.date(2027, 5, 13)}))
    await until(lambda: len(invited.mails) == 16)
    await deliver(answer("ACCEPTED"))
    assert await published_by(database, CalendarReplyReceived) == []
    assert [row.why for row in (await client.find(ListTriage())).rows] == ["An answer to a date that has moved since."]
    await until(lambda: len(invited.mails) == 17)
    assert invited.to(HEAD)[-1]["Subject"].startswith("Please confirm: are you coming")


async def test_a_forged_answer_and_a_forged_bounce_change_nothing(invited, deliver, database, client):
    assert await deliver(answer("DECLINED", uid=f"{world.VISIT}@kindred")) == 250
    mail = next(row for row in (await listed(client)).mails if row.to == HEAD)
    assert await deliver(bounce("5.1.1"), to=f"programmes+{mail.mail_id}@kindred.example", sender="") == 250
    assert await published_by(database, CalendarReplyReceived) == []
    assert {row.why for row in (await client.find(ListTriage())).rows} == {
        "An answer that nothing proves. The person has been mailed a link to answer with.",
        "A bounce that nothing proves. No address is held.",
    }
    await until(lambda: len(invited.to(HEAD)) == 2)
    assert (await listed(client, state="bounced")).mails == ()


async def test_a_calendar_that_says_no_to_a_call_or_agreed_day_is_for_a_person(
    service, scheduling, publish, mailboxes, deliver, database, client
):
    await publish(world.call_booked(), world.dates_agreed())
    await until(lambda: len(mailboxes.mails) == 4)
    await deliver(answer("ACCEPTED", uid=f"{world.CALL}@kindred", sequence=1))
    assert (await client.find(ListTriage())).rows == ()
    await deliver(answer("DECLINED", uid=f"{world.CALL}@kindred", sequence=1))
    await deliver(answer("TENTATIVE", uid=f"{world.AGREEMENT}@kindred", sequence=2))
    assert {row.why for row in (await client.find(ListTriage())).rows} == {
        f"Somebody may not be able to come. To take it back: kindred calls cancel {world.CALL}",
        f"Somebody may not be able to come. To take it back: kindred dates withdraw {world.AGREEMENT}",
    }
    assert await published_by(database, CalendarReplyReceived) == []


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (
            answer("ACCEPTED", sender="mallory@elsewhere.example", uid=f"{world.VISIT}@kindred"),
            "A reply for somebody else than who sent it.",
        ),
        (
            answer("ACCEPTED", attendee="x@y.example", sender="x@y.example", uid=f"{world.VISIT}@kindred"),
            "A reply from an address that was not invited.",
        ),
        (answer("ACCEPTED", uid="123@google.com"), "A reply to an invitation that is not ours."),
        (answer("ACCEPTED", uid="vis-unknown@kindred"), "A reply to something unknown."),
        (answer("DELEGATED"), "A reply that neither accepts nor declines."),
    ],
)
async def test_what_does_not_fit_goes_to_a_person(invited, deliver, database, client, reply, why):
    assert await deliver(reply) == 250
    assert [row.why for row in (await client.find(ListTriage())).rows] == [why]
    assert await published_by(database, CalendarReplyReceived) == []


async def test_a_mail_that_somebody_wrote_waits_for_a_person(invited, deliver, client):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = HEAD, MAILBOX, "Can we come at ten?"
    message.set_content("Hello")
    await deliver(message)
    await deliver(message)
    rows = (await client.find(ListTriage())).rows
    assert [(row.why, row.subject) for row in rows] == [("A mail that somebody wrote.", "Can we come at ten?")]


async def test_200_mails_at_once_are_all_kept_and_the_service_stays_ready(invited, service, deliver, client):
    def question(number: int) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = HEAD, MAILBOX, f"Question {number}"
        message.set_content("Hello " * 2_000)
        return message

    assert set(await asyncio.gather(*(deliver(question(number)) for number in range(200)))) == {250}
    assert service.health.problems == []
    rows = (await client.find(ListTriage())).rows
    assert {row.subject for row in rows} == {f"Question {number}" for number in range(200)}


async def test_we_take_mail_for_our_mailbox_only(invited, deliver):
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
        await deliver(answer("ACCEPTED"), to="somebody@elsewhere.example")


def bounce(status: str, action: str = "failed") -> Message:
    return message_from_string(
        f"""From: MAILER-DAEMON@relay.example
To: {MAILBOX}
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain

It did not arrive.
--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; {HEAD}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user
--=_b--
"""
    )


async def test_a_bounce_marks_the_mail_holds_the_address_and_is_told(invited, publish, deliver, database, client):
    address = next(sender for sender, to, _ in invited.mails if to == HEAD)
    await deliver(bounce("5.1.1"), to=address, sender="")
    (row,) = (await listed(client, state="bounced")).mails
    assert (row.person_id, row.detail) == ("per-2-headteacher", "5.1.1 smtp; 550 5.1.1 No such user")

    async def published() -> bool:
        return bool(await published_by(database, MailBounced))

    await until(published)
    (fact,) = await published_by(database, MailBounced)
    assert (fact.mail_id, fact.permanent, fact.status, fact.version) == (row.mail_id, True, "5.1.1", 2)
    await publish(world.event_scheduled())
    await until(lambda: len(invited.mails) == 8 + 5)
    (held,) = (await listed(client, state="suppressed")).mails
    assert held.person_id == "per-2-headteacher"


async def test_a_delay_is_no_bounce(invited, deliver, client):
    address = next(sender for sender, to, _ in invited.mails if to == HEAD)
    await deliver(bounce("4.4.7", "delayed"), to=address, sender="")
    assert (await listed(client)).by_state == {"accepted": 8}
    assert (await client.find(ListTriage())).rows == ()


async def test_somebody_who_wants_less_gets_only_what_is_essential(invited, publish, deliver, client):
    from shared.events.scheduling import InvitationReminderDue

    def due(turn: int) -> InvitationReminderDue:
        return InvitationReminderDue(
            version=turn, target_id=world.VISIT, target_kind="visit", programme_id=world.PROGRAMME,
            person_ids=("per-2-headteacher",), round=turn,
        )  # fmt: skip

    await publish(due(1))
    await until(lambda: len(invited.to(HEAD)) == 2)
    reminder = invited.to(HEAD)[1]
    mailto, page = reminder["List-Unsubscribe"].split(", ")
    assert reminder["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert page.startswith("<https://kindred.example/l/")
    message = EmailMessage()
    message["From"], message["Subject"] = HEAD, "unsubscribe"
    await deliver(message, to=mailto.strip(" <>").removeprefix("mailto:"))
    await publish(due(2))

    async def held() -> bool:
        return (await listed(client)).by_state.get("suppressed") == 1

    await until(held)
    assert len(invited.to(HEAD)) == 2
