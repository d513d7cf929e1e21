"""What other programs and languages send: answers of calendars, notes of machines, people who look like one."""

import pytest

from services.notifications.domain.refusals import fault_of
from services.notifications.domain.seals import stop_tag, tagged
from services.notifications.inbound.incoming import Incoming
from services.notifications.inbound.reading import read_now
from shared.commands.notifications_replies import ListReplies, PlaceReply, ReplyState
from shared.errors import Rejected
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, MAILBOX, PLAIN_UID, SEALED_UID, Mailbox, mailbox

ADDRESS = world.address(ANN)
FROM = f"From: {ADDRESS}\nTo: {MAILBOX}\n"
AWAY = "\n\nI am away until Monday."


async def kept(box: Mailbox, state: ReplyState) -> list[str]:
    return [row.why for row in (await box.office.bus.find(ListReplies(state=state))).rows]


def answer(attendee: str = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ADDRESS}", **changed: str) -> str:
    lines = {
        "METHOD": "METHOD:REPLY",
        "UID": f"UID:{SEALED_UID}",
        "DTSTART": "DTSTART:20270513T080000Z",
        "SEQUENCE": "SEQUENCE:0",
        "ATTENDEE": attendee,
        "ORGANIZER": f"ORGANIZER:mailto:{MAILBOX}",
    } | changed
    inside = "\r\n".join(line for name, line in lines.items() if name != "METHOD")
    return (
        f"{FROM}Subject: Accepted: Visit\nMessage-ID: <1@x>\nContent-Type: text/calendar; charset=utf-8\n\n"
        f"BEGIN:VCALENDAR\r\nPRODID:-//X//EN\r\n{lines['METHOD']}\r\nBEGIN:VEVENT\r\n{inside}\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(answer(DTSTART="DTSTART;TZID=tzone://Microsoft/Utc:20270513T080000"), id="zone of Outlook.com"),
        pytest.param(answer(DTSTART="DTSTART;TZID=tzone://Microsoft/Custom:20270513T090000"), id="zone without a name"),
        pytest.param(answer(UID=f"UID:{SEALED_UID.upper()}"), id="capitals"),
        pytest.param(answer(SEQUENCE="SEQUENCE:none"), id="no number"),
        pytest.param(answer(METHOD="METHOD:REPLY\r\nX-WR-CALNAME"), id="a line that is none"),
        pytest.param(
            answer(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ADDRESS}\r\nATTENDEE:mailto:{MAILBOX}"), id="organizer too"
        ),
    ],
)
async def test_answers_of_other_calendars_count(message: str):
    box = await mailbox()
    assert await box.take(message) == "reply"
    assert box.answers() == [(ANN, "accepted")]


WRAPPED = (
    "040000008200E00074C5B7101A82E00800000000000000000000000000000000000000004A0000007643616C2D55696401000000"
    f"{SEALED_UID.encode().hex().upper()}00"
)
"""A UID of ours as Exchange 2007 and later may keep it ([MS-OXOCAL] 2.2.1.27)."""


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(answer(f"ATTENDEE;PARTSTAT=ACCEPTED;EMAIL={ADDRESS}:urn:uuid:1234"), id="Apple's URN"),
        pytest.param(answer(f"ATTENDEE;PARTSTAT=ACCEPTED;EMAIL={ADDRESS}:/123/principal/"), id="Apple's path"),
        pytest.param(answer(METHOD="METHOD: REPLY"), id="a blank before the method"),
        pytest.param(answer(UID=f"UID:{SEALED_UID.replace('@', '%40')}"), id="percent-encoded UID"),
        pytest.param(answer(UID=f"UID:{WRAPPED}"), id="UID within one of Exchange's"),
    ],
)
async def test_what_calendars_make_of_addresses_and_uids_is_understood(message: str):
    box = await mailbox()
    assert await box.take(message) == "reply"
    assert box.answers() == [(ANN, "accepted")]


async def test_a_uid_of_exchanges_own_is_no_uid_of_ours():
    box = await mailbox()
    assert await box.take(answer(UID="UID:040000008200E00074C5B7101A82E0080000000010A1")) == "triage"
    assert await box.waiting() == ["A reply to an invitation that is not ours."]


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(answer(SEQUENCE="SEQUENCE:0\r\nDTSTAMP:2027"), id="no time"),
        pytest.param(answer(SEQUENCE="SEQUENCE:0\r\nDTSTAMP:20270101T080000Z\r\nDTSTAMP:20270102T080000Z"), id="two"),
        pytest.param(answer(SEQUENCE="SEQUENCE:0\r\nDTSTAMP:00010101T000000Z"), id="of the year 1"),
        pytest.param(answer(UID=f"UID:{SEALED_UID}\r\nUID:{SEALED_UID}"), id="the entry twice"),
        pytest.param(answer(DTSTART="DTSTART:20270513T080000Z\r\nDTSTART:20270513T080000Z"), id="its start twice"),
    ],
)
async def test_an_answer_counts_whatever_its_stamp_is_worth(message: str):
    box = await mailbox()
    assert await box.take(message) == "reply"
    assert box.answers() == [(ANN, "accepted")]


class TestAnotherTimeIsProposed:
    """METHOD:COUNTER (RFC 5546, 3.2.7): Outlook's and Google's "Propose new time"."""

    SAID = answer(METHOD="METHOD:COUNTER", DTSTART="DTSTART:20270514T080000Z\r\nDTEND:20270514T140000Z")

    @pytest.mark.parametrize("said", ["TENTATIVE", "DECLINED", "ACCEPTED"])
    async def test_it_is_no_answer_and_waits_with_the_time(self, said: str):
        box = await mailbox()
        assert await box.take(self.SAID.replace("PARTSTAT=ACCEPTED", f"PARTSTAT={said}")) == "triage"
        (row,) = (await box.office.bus.find(ListReplies())).rows
        assert row.why == (
            f"{ADDRESS} proposes another time: Friday 14 May 2027, 09:00 to 15:00. To take it up: kindred visits move"
        )
        assert (box.answers(), row.answer, row.visit) == ([], "another time", "Hallam Primary School")
        assert "reply-forwarded" in {mail.template for mail in await box.announce()}
        with pytest.raises(Rejected, match="another-time"):
            await box.ask(PlaceReply(reply_id=row.reply_id, person_id=ANN))

    @pytest.mark.parametrize(
        ("proposed", "said"),
        [
            ("DTSTART;VALUE=DATE:20270514", "Friday 14 May 2027."),
            ("DTSTART:20270514T080000Z", "Friday 14 May 2027, 09:00."),
            ("SUMMARY:Visit", "none is named."),
        ],
    )
    async def test_days_starts_and_nothing_are_said_as_they_are(self, proposed: str, said: str):
        box = await mailbox()
        await box.take(answer(METHOD="METHOD:COUNTER", DTSTART=proposed))
        assert f"proposes another time: {said}" in (await box.waiting())[0]

    async def test_without_proof_it_says_so(self):
        box = await mailbox()
        await box.take(self.SAID.replace(SEALED_UID, PLAIN_UID))
        assert "Nothing proves that they say so themselves." in (await box.waiting())[0]


ABSENT = (
    "I am currently out of the office and will return on Monday 4 January. For urgent matters contact the office.",
    "Thank you for your email. I am on maternity leave until September. Please contact Bo Reed.",
    "Thank you for contacting Hillside Primary School. The school is now closed. It will reopen on 5 January.",
    "Dear sender\n\nI\u2019m on annual leave with no access to my emails until 3 June.",
    "This mailbox is not monitored. Please contact the school office.",
    "Thank you for contacting us. Your ticket number is #12345. We aim to respond within 3 working days.",
)


@pytest.mark.parametrize("text", ABSENT)
async def test_absence_notes_without_a_header_are_told_by_their_text(text: str):
    box = await mailbox()
    assert await box.take(f"{FROM}Subject: Re: Visit day\n\n{text}") == "ignored"
    assert (await kept(box, "filed"), await box.announce()) == (["Written by a machine."], [])


@pytest.mark.parametrize(
    "text",
    [
        "I am on annual leave until 20 May. Please find another date for the visit.",
        "I am away until Monday. Can it wait?",
        "I am out of the office on 13 May, so cannot host.",
        "Thank you for your email. I will reply when I have asked our governors.",
        "The school is closed for good and its pupils return elsewhere; we cannot take part.",
        "We are away until June.",
    ],
)
async def test_who_is_away_and_says_more_is_read_by_a_person(text: str):
    box = await mailbox()
    assert await box.take(f"{FROM}Subject: Re: Visit day\n\n{text}") == "triage"


async def test_a_mail_that_wants_no_bounces_is_a_machines():
    """Exchange and others send absence notes with an empty sender (RFC 3834, section 3.3)."""
    box, text = await mailbox(), f"{FROM}Subject: Re: Visit day\n\nBack in June.".encode()
    assert await box.receiving.receive(Incoming((MAILBOX,), text, sender="")) == "ignored"
    assert await box.receiving.receive(Incoming((MAILBOX,), text + b"!", sender=ADDRESS)) == "triage"
    answered = answer().encode()
    assert await box.receiving.receive(Incoming((MAILBOX,), answered, sender="")) == "reply"


@pytest.mark.parametrize(
    "attendees",
    [
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ADDRESS}\r\nATTENDEE;PARTSTAT=DECLINED:mailto:b@schools.example",
        f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{ADDRESS}\r\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:b@schools.example",
    ],
)
async def test_where_two_answer_or_none_a_person_looks(attendees: str):
    box = await mailbox()
    assert await box.take(answer(attendees)) == "triage"
    assert (box.answers(), await box.waiting()) == ([], ["A reply that names no attendee, or several."])


async def test_an_answer_for_another_day_in_a_zone_without_a_name_is_none_to_this_date():
    box = await mailbox()
    await box.take(answer(DTSTART="DTSTART;TZID=tzone://Microsoft/Custom:20270514T090000"))
    assert (box.answers(), await box.waiting()) == ([], ["An answer to a date that has moved since."])


@pytest.mark.parametrize(
    "message",
    [
        *(
            f"{FROM}Subject: {said}: Visit day{AWAY}"
            for said in (
                "Respuesta autom\u00e1tica",
                "Automatisch antwoord",
                "Odpowied\u017a automatyczna",
                "Fuori sede",
            )
        ),
        f"{FROM}Subject: Absence du bureau : Visit day{AWAY}",
        f"{FROM}Subject: Out of Office AutoReply: Visit day{AWAY}",
        *(
            f"{FROM}Subject: Re: Visit day\n{name}: yes{AWAY}"
            for name in ("X-Auto-Reply", "X-Autogenerated", "X-Mail-Autoreply", "X-Vacation", "X-Amazon-Auto-Reply")
        ),
        f"{FROM}Subject: Re: Visit day\nX-Precedence: auto_reply{AWAY}",
    ],
)
async def test_machines_of_other_languages_are_filed_away(message: str):
    box = await mailbox()
    assert await box.take(message) == "ignored"
    assert await kept(box, "filed") == ["Written by a machine."]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Out of office on 13 May", "Could we move the visit?"),
        ("Read: the findings", "Is the second one right?"),
        ("Automatic reply?", "I keep getting one."),
        ("Our actions", "Action: Delivered training to all staff\nStatus: complete\n\nCan we talk on Friday?"),
        ("Our actions", "Action: Delay the start\nStatus: agreed\nOwner: Ann"),
    ],
)
async def test_a_person_who_writes_like_a_machine_is_read_by_a_person(subject: str, text: str):
    box = await mailbox()
    assert await box.take(f"{FROM}Subject: {subject}\n\n{text}") == "triage"
    assert await box.waiting() == ["A mail that somebody wrote."]


def test_fields_of_a_report_in_the_text_are_still_read():
    told = (
        "From: x@relay.example\nSubject: Failure\n\nAction: failed\nStatus: 5.1.1\nFinal-Recipient: rfc822; a@s.example"
    )
    report = read_now(Incoming((MAILBOX,), told.encode())).report
    assert report is not None
    assert (report.kind, report.failures[0].fault) == ("failed", "recipient")


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("550 5.1.1 Sender verify failed", "operator"),
        ("541 5.4.1 Mail rejected by antispam", "operator"),
        ("550 5.1.1 <a@b.example>: User unknown in relay recipient table", "recipient"),
        ("550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "recipient"),
    ],
)
def test_a_code_about_the_recipient_beside_words_about_the_sender_holds_nobody(said: str, fault: str):
    assert fault_of("", said) == fault


async def test_who_writes_to_the_bounce_address_of_their_mail_is_no_bounce():
    box = await mailbox()
    sender, _ = box.mail_to(ANN)
    text = "Which room is it? We have 5.1.1 on the plan."
    assert await box.take(f"{FROM}Subject: Re: Visit\n\n{text}", to=sender) == "triage"
    assert (await box.held(ANN), await box.waiting()) == (False, ["A mail that somebody wrote."])


async def test_a_bounce_whose_address_came_back_in_capitals_is_booked():
    box = await mailbox()
    sender, _ = box.mail_to(ANN)
    told = f"From: MAILER-DAEMON@mx.example\nSubject: Undelivered\n\n<{ADDRESS}>: 550 5.1.1 User unknown"
    assert await box.take(told, to=sender.upper()) == "bounce"
    assert await box.held(ANN)


@pytest.mark.parametrize(
    ("text", "kept_for_a_person"),
    [
        ("I leave the school in July; who takes over?", True),
        ("", False),
        ("unsubscribe", False),
        ("This message was automatically generated by Gmail.", False),
    ],
)
async def test_words_beside_a_wish_for_fewer_mails_wait_for_a_person(text: str, kept_for_a_person: bool):
    box = await mailbox()
    _, mail = box.mail_to(ANN)
    to = tagged(MAILBOX, stop_tag(mail.mail_id), world.SEALS.stop(mail.mail_id))
    assert await box.take(f"{FROM}Subject: unsubscribe\n\n{text}", to=to) == "wish"
    why = "A wish for fewer mails, which is granted; somebody wrote words with it."
    assert await box.waiting() == ([why] if kept_for_a_person else [])
