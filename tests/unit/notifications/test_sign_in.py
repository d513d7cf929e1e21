"""Mails that sign somebody in: they go out although mails are paused, and nothing of their secrets is kept."""

import datetime as dt

import pytest

from shared.commands.notifications import ListMails, PauseMail, ShowMail
from shared.events.sign_in import SignInAsked, SignInLocked
from tests.unit.notifications import world
from tests.unit.notifications.post_office import PostOffice, opened

CORA = world.address("per-co")
PROOF, CODE = "proof-that-nobody-guesses", "042917"


@pytest.fixture
async def office() -> PostOffice:
    return await opened()


def asked(office: PostOffice, attempt: str = "att-1", minutes: int = 10) -> SignInAsked:
    expires = office.clock.at + dt.timedelta(minutes=minutes)
    return SignInAsked(version=1, attempt_id=attempt, person_id="per-co", expires=expires)


def locked(office: PostOffice) -> SignInLocked:
    until = office.clock.at + dt.timedelta(hours=1)
    return SignInLocked(
        version=1, attempt_id="att-1", person_id="per-co", step="code", until=until, tell=("per-co", "per-fac")
    )  # fmt: skip


async def test_the_mail_has_link_and_code_and_what_is_kept_of_it_has_neither(office):
    await office.tell(asked(office))
    await office.deliver()
    (mail,) = office.mailboxes.to(CORA)
    text = mail.get_body(("plain",)).get_content()
    assert f"https://kindred.example/sign-in/l/attempt.{PROOF}" in text
    assert f"Code: {CODE}" in text
    (row,) = (await office.bus.find(ListMails(person_id="per-co"))).mails
    shown = await office.bus.find(ShowMail(mail_id=row.mail_id))
    kept = f"{shown.text}{shown.html}{row.subject}{mail['Subject']}{office.story.mails.mails[row.mail_id]}"
    assert PROOF not in kept
    assert CODE not in kept
    assert office.story.mails.mime == {}


async def test_who_paused_the_mails_can_sign_in(office):
    await office.ask(PauseMail(paused=True))
    await office.tell(world.visit_scheduled())
    await office.tell(asked(office))
    await office.tell(locked(office))
    await office.deliver()
    assert [to for _, to, _ in office.mailboxes.mails] == [CORA, CORA, world.address("per-fac")]
    assert "Somebody typed ten wrong codes while signing in as Cora Denholm." in (
        office.mailboxes.to(world.address("per-fac"))[0].get_body(("plain",)).get_content()
    )


async def test_what_is_over_is_not_mailed(office):
    await office.tell(asked(office, minutes=0))
    await office.tell(asked(office, attempt="att-unknown"))
    await office.tell(asked(office, attempt="att-late"))
    office.clock.at += dt.timedelta(minutes=10)
    await office.deliver()
    rows = (await office.bus.find(ListMails(person_id="per-co"))).mails
    assert {row.detail for row in rows} == {"Its link and its code are over."}
    assert office.mailboxes.mails == []


async def test_a_newer_mail_takes_the_place_of_one_that_waits(office):
    await office.tell(asked(office, attempt="att-unknown"))
    await office.deliver()
    (row,) = (await office.bus.find(ListMails(person_id="per-co"))).mails
    assert (row.state, row.detail) == (
        "suppressed", "A newer mail has taken its place, or it is not wanted any more.",
    )  # fmt: skip
