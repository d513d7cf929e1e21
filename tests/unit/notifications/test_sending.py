"""From an event to a mail that the relay has taken, and what coordinators can do about it. All on fakes."""

import datetime as dt
import hashlib
import re
from email.message import EmailMessage

import pytest

from shared.commands.notifications import ListMails, PauseMail, ResendMail, ShowMail
from shared.errors import Rejected
from shared.events.notifications import InvitationSent, LinkIssued
from tests.unit.notifications import world
from tests.unit.notifications.post_office import PostOffice, opened

HEAD, LEAD = world.address("per-2-headteacher"), world.address("per-fac")


@pytest.fixture
async def office() -> PostOffice:
    return await opened()


@pytest.fixture
async def invited(office: PostOffice) -> PostOffice:
    """Everybody has the invitation to a visit."""
    await office.tell(world.visit_scheduled())
    await office.deliver()
    return office


async def test_a_scheduled_visit_is_mailed_once_to_each_person_concerned(invited):
    for _ in range(2):
        await invited.tell(world.visit_scheduled())
        await invited.deliver()
    people = (
        "per-1-headteacher", "per-1-senior-leader", "per-1-cpd-lead", "per-2-headteacher", "per-2-senior-leader",
        "per-3-headteacher", "per-3-senior-leader", "per-fac",
    )  # fmt: skip
    assert sorted(recipient for _, recipient, _ in invited.mailboxes.mails) == sorted(map(world.address, people))
    rows = await invited.listed()
    assert rows.by_state == {"accepted": 8}
    assert rows.by_template == {"visit-facilitator": 1, "visit-host": 1, "visit-invitation": 6}
    assert set(invited.mailboxes.ids()) == {row.message_id for row in rows.mails}


async def test_that_invitations_were_sent_is_published_once(invited):
    sent = [event for event in invited.transact.published if isinstance(event, InvitationSent)]
    assert len(sent) == 8
    assert {(event.version, event.target_id, event.sequence, event.method) for event in sent} == {
        (1, world.VISIT, 0, "REQUEST")
    }


async def test_a_mail_holds_text_page_and_calendar_in_the_order_that_mail_programs_expect(invited):
    (mail,) = invited.mailboxes.to(HEAD)
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
    ]  # fmt: skip
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Reply-To"] == "Cora Denholm <per-co@schools.example>"
    sender = next(sender for sender, to, _ in invited.mailboxes.mails if to == HEAD)
    assert sender.startswith("programmes+mai-")


async def test_what_is_shown_of_a_sent_mail_has_no_tokens(invited):
    (mail,) = invited.mailboxes.to(HEAD)
    text = mail.get_body(("plain",)).get_content()
    tokens = [word.rsplit("/", 1)[1] for word in text.split() if word.startswith("https://kindred.example/l/")]
    assert [len(token) for token in tokens] == [32, 32]
    (row,) = (await invited.bus.find(ListMails(person_id="per-2-headteacher"))).mails
    shown = await invited.bus.find(ShowMail(mail_id=row.mail_id))
    assert "https://kindred.example/l/(link)" in shown.text
    assert not any(token in shown.text + shown.html for token in tokens)
    assert shown.attachments == ("invite.ics",)
    assert [line.split(" ", 2)[2].split(":")[0] for line in shown.timeline] == ["queued", "accepted"]


async def test_nothing_goes_out_while_mail_is_paused(office):
    await office.ask(PauseMail(paused=True))
    await office.tell(world.visit_scheduled())
    await office.deliver(dt.timedelta(hours=1))
    rows = await office.listed()
    assert (rows.paused, rows.by_state, office.mailboxes.mails) == (True, {"queued": 8}, [])
    await office.ask(PauseMail(paused=False))
    await office.deliver()
    assert len(office.mailboxes.mails) == 8


async def test_what_is_in_hand_when_mail_is_paused_goes_back(office):
    await office.tell(world.visit_scheduled())
    claimed = await office.delivery.claim(32)
    await office.ask(PauseMail(paused=True))
    assert await office.delivery.claim(32) is None
    for ready in claimed:
        await office.delivery.hand_over(office.relay, ready)
    await office.delivery.noted()
    assert (await office.states(), office.mailboxes.mails) == ({"queued": 8}, [])


async def test_an_accepted_mail_sent_again_is_another_message_with_fresh_links(invited):
    found = await invited.listed(person_id="per-2-headteacher")
    done = await invited.ask(ResendMail(mail_id=found.mails[0].mail_id))
    assert done.sentence == "It is queued and goes out shortly."
    await invited.deliver()
    first, second = invited.mailboxes.to(HEAD)
    assert second["Message-ID"] == str(first["Message-ID"]).replace("@", ".2@")
    assert len(invited.mailboxes.mails) == 9
    links = [{word for word in mail.as_string().split() if "/l/" in word} for mail in (first, second)]
    assert not links[0] & links[1]


async def test_a_mail_that_is_not_known_or_waits_cannot_be_sent_again(office):
    with pytest.raises(Rejected) as refused:
        await office.ask(ResendMail(mail_id="mai-none"))
    assert refused.value.rule == "unknown-mail"
    await office.tell(world.visit_scheduled())
    (row, *_) = (await office.listed()).mails
    with pytest.raises(Rejected) as refused:
        await office.ask(ResendMail(mail_id=row.mail_id))
    assert refused.value.rule == "still-on-its-way"


def calendar(mail: EmailMessage) -> tuple[str, set[str]]:
    """The METHOD and the unfolded lines of a mail's calendar part."""
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    lines = part.get_content().replace("\r\n", "\n").replace("\n ", "").splitlines()
    return str(part.get_param("method")), set(lines)


async def test_days_on_offer_then_the_agreed_one_then_its_withdrawal_reach_each_once(office):
    for event in (world.dates_offered(), world.dates_agreed(), world.dates_withdrawn()):
        for _ in range(2):
            await office.tell(event)
            await office.deliver()
    assert [len(office.mailboxes.to(address)) for address in (HEAD, LEAD)] == [3, 3]
    offered, agreed, withdrawn = office.mailboxes.to(LEAD)
    assert offered["Subject"] == "Please answer: which day suits you and Ann Beaumont?"
    assert [part.get_content_type() for part in offered.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    text = offered.get_body(("plain",)).get_content()
    assert "Peer coaching, first session" in text
    (token,) = re.findall(r"https://kindred\.example/l/(\S+)", text)
    links = {link.link_id: link for link in office.transact.published if isinstance(link, LinkIssued)}
    link = links[hashlib.sha256(token.encode()).hexdigest()]
    assert (link.person_id, link.purpose, link.target_id) == ("per-fac", "answer", world.AGREEMENT)
    assert link.target_kind == "agreed-day"
    assert offered["Reply-To"] == "Cora Denholm <per-co@schools.example>"
    uid = f"UID:{world.uid(world.AGREEMENT, 'per-fac')}"
    method, lines = calendar(agreed)
    assert (method, {uid, "SEQUENCE:2", "DTSTART;VALUE=DATE:20261014"} - lines) == ("REQUEST", set())
    method, lines = calendar(withdrawn)
    assert (method, {uid, "SEQUENCE:3", "STATUS:CANCELLED"} - lines) == ("CANCEL", set())
    rows = await office.listed()
    assert rows.by_template == {"dates-offered": 2, "dates-agreed": 2, "dates-withdrawn": 2}
    assert {row.programme_id for row in rows.mails} == {world.PROGRAMME}


async def test_a_call_comes_into_calendars_and_goes_out_again(office):
    for event in (world.call_booked(), world.call_booked(), world.call_cancelled()):
        await office.tell(event)
        await office.deliver()
    assert len(office.mailboxes.mails) == 4
    booked, cancelled = office.mailboxes.to(HEAD)
    uid = f"UID:{world.uid(world.CALL, 'per-2-headteacher')}"
    method, lines = calendar(booked)
    assert method == "REQUEST"
    assert {
        uid, "SEQUENCE:1", "DTSTART;TZID=Europe/London:20261023T090000", "DTEND;TZID=Europe/London:20261023T093000",
        "TZID:Europe/London",
    } <= lines  # fmt: skip
    method, lines = calendar(cancelled)
    assert (method, {uid, "SEQUENCE:2", "STATUS:CANCELLED"} - lines) == ("CANCEL", set())
    assert await office.states() == {"accepted": 4}
    assert [event for event in office.transact.published if isinstance(event, InvitationSent)] == []
