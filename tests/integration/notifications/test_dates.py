"""From an agreed day or a call to the calendars of those in it."""

import asyncio
import hashlib
import re
from email.message import EmailMessage

from shared.events.notifications import InvitationSent, LinkIssued
from tests.integration.notifications.conftest import listed, until
from tests.integration.notifications.test_incoming import HEAD, told
from tests.unit.notifications import world

LEAD = world.address("per-fac")


def calendar(mail: EmailMessage) -> tuple[str, set[str]]:
    """The METHOD and the unfolded lines of a mail's calendar part."""
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    lines = part.get_content().replace("\r\n", "\n").replace("\n ", "").splitlines()
    return str(part.get_param("method")), set(lines)


async def test_days_on_offer_then_the_agreed_one_then_its_withdrawal_reach_each_once(
    service, scheduling, publish, mailboxes, client, database
):
    async def arrived(count: int) -> None:
        await until(lambda: len(mailboxes.mails) == count)

    for fact, count in ((world.dates_offered(), 2), (world.dates_agreed(), 4), (world.dates_withdrawn(), 6)):
        await publish(fact)
        await arrived(count)
        await publish(fact)
    await asyncio.sleep(1)
    assert [len(mailboxes.to(address)) for address in (HEAD, LEAD)] == [3, 3]
    offered, agreed, withdrawn = mailboxes.to(LEAD)
    assert offered["Subject"] == "Please answer: which day suits you and Ann Beaumont?"
    assert [part.get_content_type() for part in offered.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    text = offered.get_body(("plain",)).get_content()
    assert "Peer coaching, first session" in text
    (token,) = re.findall(r"https://kindred\.example/l/(\S+)", text)
    links = {link.link_id: link for link in await told(database, LinkIssued)}
    link = links[hashlib.sha256(token.encode()).hexdigest()]
    assert (link.person_id, link.purpose, link.target_id) == ("per-fac", "answer", world.AGREEMENT)
    assert link.target_kind == "agreed-day"
    assert offered["Reply-To"] == "Cora Denholm <per-co@schools.example>"
    uid = f"UID:{world.AGREEMENT}@kindred"
    method, lines = calendar(agreed)
    assert (method, {uid, "SEQUENCE:2", "DTSTART;VALUE=DATE:20261014"} - lines) == ("REQUEST", set())
    method, lines = calendar(withdrawn)
    assert (method, {uid, "SEQUENCE:3", "STATUS:CANCELLED"} - lines) == ("CANCEL", set())
    rows = await listed(client)
    assert rows.by_template == {"dates-offered": 2, "dates-agreed": 2, "dates-withdrawn": 2}
    assert {row.programme_id for row in rows.mails} == {world.PROGRAMME}


async def test_a_call_comes_into_calendars_and_goes_out_again(service, publish, mailboxes, client, database):
    await publish(world.call_booked(), world.call_booked())
    await until(lambda: len(mailboxes.mails) == 2)
    await publish(world.call_cancelled())
    await until(lambda: len(mailboxes.mails) == 4)
    booked, cancelled = mailboxes.to(HEAD)
    uid = f"UID:{world.CALL}@kindred"
    method, lines = calendar(booked)
    assert method == "REQUEST"
    assert {
        uid, "SEQUENCE:1", "DTSTART;TZID=Europe/London:20261023T090000", "DTEND;TZID=Europe/London:20261023T093000",
        "TZID:Europe/London",
    } <= lines  # fmt: skip
    method, lines = calendar(cancelled)
    assert (method, {uid, "SEQUENCE:2", "STATUS:CANCELLED"} - lines) == ("CANCEL", set())

    async def all_accepted() -> bool:
        return (await listed(client)).by_state == {"accepted": 4}

    await until(all_accepted)
    assert await told(database, InvitationSent) == []
