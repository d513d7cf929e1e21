"""What may have gone out before a restore is not mailed by itself, and links in what did go out work. All on fakes."""

import datetime as dt
import re

import pytest

from services.notifications.domain.keys import link_id
from services.notifications.domain.mail import HELD
from shared.commands.notifications import PauseMail, ResendMail
from shared.commands.notifications_held import DropHeld, ReleaseHeld
from shared.errors import Rejected
from shared.events.notifications import LinkIssued, MailBounced
from tests.unit.notifications import world
from tests.unit.notifications.post_office import DIGEST, PostOffice, opened

HEAD = world.address("per-2-headteacher")
TOKEN = re.compile(r"https://kindred\.example/l/([\w-]{32})")


def tokens(mail) -> set[str]:
    """The tokens of the links in a mail."""
    return set(TOKEN.findall(mail.get_body(("plain",)).get_content()))


def working(office: PostOffice) -> set[str]:
    """The ids of the links that work."""
    return {event.link_id for event in office.transact.published if isinstance(event, LinkIssued)}


@pytest.fixture
async def gone() -> PostOffice:
    """What was lost: everybody has the invitation, and nobody knows."""
    office = await opened()
    await office.tell(world.visit_scheduled())
    await office.deliver()
    return office


@pytest.fixture
async def office() -> PostOffice:
    """The same at the backup, restored: the event comes again."""
    office = await opened()
    await office.tell(world.visit_scheduled(), restored=office.clock.at)
    return office


async def issue(office: PostOffice) -> None:
    while await office.transact(office.holds.issue_links):
        pass


async def test_mails_of_a_restored_event_wait_for_a_person(office):
    await office.deliver(dt.timedelta(days=1))
    rows = await office.listed(held=True)
    assert (rows.total, rows.held, rows.by_state) == (8, 8, {"unknown": 8})
    assert {(row.state, row.held, row.detail) for row in rows.mails} == {("unknown", True, HELD)}
    assert office.mailboxes.mails == []


async def test_mails_that_were_queued_at_the_backup_are_held_and_new_ones_are_not():
    office = await opened()
    await office.ask(PauseMail(paused=True))
    await office.tell(world.visit_scheduled())
    await office.holds.hold(office.clock.at)
    await office.tell(world.event_scheduled())
    await office.ask(PauseMail(paused=False))
    await office.deliver()
    states = await office.states()
    assert states["unknown"] == 8
    assert states["accepted"] == len(office.mailboxes.mails) > 0


async def test_links_in_what_went_out_work_before_anybody_decides(office, gone):
    (lost,) = gone.mailboxes.to(HEAD)
    assert len(tokens(lost)) == 2
    assert not {link_id(token) for token in tokens(lost)} & working(office)
    await issue(office)
    assert {link_id(token) for token in tokens(lost)} <= working(office)


async def test_what_is_let_go_is_a_new_edition_with_links_of_its_own(office, gone):
    await issue(office)
    done = await office.ask(ReleaseHeld())
    assert done.sentence == "8 mails are let go; what is out of date is not sent."
    await office.deliver()
    assert await office.states() == {"accepted": 8}
    (lost,), (mail,) = gone.mailboxes.to(HEAD), office.mailboxes.to(HEAD)
    assert mail["Message-ID"] == str(lost["Message-ID"]).replace("@", ".2@")
    assert not tokens(lost) & tokens(mail)
    assert {link_id(token) for token in tokens(lost) | tokens(mail)} <= working(office)


async def test_what_went_out_is_dropped_and_its_links_go_on_working(office, gone):
    (row,) = (await office.listed(person_id="per-2-headteacher")).mails
    done = await office.ask(DropHeld(mail_id=row.mail_id))
    assert done.sentence == "1 mail is dropped; links in what went out before work."
    await issue(office)
    await office.deliver()
    (lost,) = gone.mailboxes.to(HEAD)
    assert office.mailboxes.mails == []
    assert {link_id(token) for token in tokens(lost)} <= working(office)


async def test_what_is_let_go_too_late_is_not_sent(office):
    office.clock.advance(dt.timedelta(days=400))
    await office.ask(ReleaseHeld())
    await office.deliver()
    assert (await office.states(), office.mailboxes.mails) == ({"suppressed": 8}, [])


async def test_a_decision_about_nothing_is_refused(office):
    for command in (ReleaseHeld(person_id="per-nobody"), DropHeld(template="visit-moved")):
        with pytest.raises(Rejected, match="nothing-held"):
            await office.ask(command)


async def test_how_many_wait_is_told_until_somebody_decides(office):
    assert office.holds.notes() == []
    await issue(office)
    assert office.holds.notes() == ["8 mails are held since a restore: see `kindred mails held`"]
    await office.ask(DropHeld())
    await issue(office)
    assert office.holds.notes() == []


async def test_links_wait_for_the_card_of_their_person(office):
    (row,) = (await office.listed(person_id="per-2-headteacher")).mails
    card = office.stores.contacts.people.pop("per-2-headteacher")
    await issue(office)
    assert [one.mail_id for one in await office.stores.held.without_links(9)] == [row.mail_id]
    office.stores.contacts.people["per-2-headteacher"] = card
    await issue(office)
    assert await office.stores.held.without_links(9) == []


async def test_a_mail_sent_again_by_name_has_other_links(gone):
    (row,) = (await gone.listed(person_id="per-2-headteacher")).mails
    await gone.ask(ResendMail(mail_id=row.mail_id))
    await gone.deliver()
    first, second = gone.mailboxes.to(HEAD)
    assert not tokens(first) & tokens(second)


async def test_a_notice_of_what_bounced_before_the_backup_is_held():
    office = await opened()
    office.mailboxes.at_rcpt = lambda to: "550 5.1.1 unknown" if to == HEAD else None
    await office.tell(world.visit_scheduled())
    for ready in await office.delivery.claim(32) or ():
        await office.delivery.hand_over(office.relay, ready)
    await office.delivery.noted()
    office.clock.advance(2 * DIGEST)
    await office.holds.hold(office.clock.at)
    while await office.outcomes.publish():
        pass
    assert [event.permanent for event in office.transact.published if isinstance(event, MailBounced)] == [True]
    (notice,) = (await office.listed(held=True)).mails
    assert (notice.template, notice.person_id) == ("bounce-notice", "per-co")
