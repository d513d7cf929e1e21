"""What coordinators can do about mails, and what is left of a person who has been erased."""

import pytest

from shared.commands.notifications import ListMails, ResendMail, ShowMail
from shared.errors import Rejected
from shared.events.programmes import PersonErased
from tests.fakes import START
from tests.integration.notifications.conftest import listed, until
from tests.unit.notifications import world

HEAD = "per-2-headteacher@schools.example"


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
async def test_nothing_is_left_of_a_person_who_has_been_erased(service, publish, mailboxes, client, database):
    await publish(world.visit_scheduled())
    await until(lambda: len(mailboxes.mails) == 8)
    await publish(PersonErased(version=1, person_id="per-2-headteacher", erased_on=START.date()))

    async def forgotten() -> bool:
        return bool(await database["people"].count({"_id": "per-2-headteacher"}) == 0)

    await until(forgotten)
    for name in await database.collections():
        async for row in database[name].find():
            assert "Ann Beaumont" not in str(row), name
            assert HEAD not in str(row), name
    (row,) = (await listed(client, person_id="per-2-headteacher")).mails
    assert (row.to, row.state) == ("", "accepted")
    shown = await client.find(ShowMail(mail_id=row.mail_id))
    assert shown.text == "(This text named somebody who has been erased.)"


async def test_an_accepted_mail_sent_again_is_another_message_with_fresh_links(service, publish, mailboxes, client):
    await publish(world.visit_scheduled())
    await until(lambda: len(mailboxes.mails) == 8)
    found = await client.find(ListMails(person_id="per-2-headteacher"))
    await until(lambda: len(mailboxes.to(HEAD)) == 1)

    async def accepted() -> bool:
        return (await listed(client)).by_state == {"accepted": 8}

    await until(accepted)
    await client.ask(ResendMail(mail_id=found.mails[0].mail_id))
    await until(lambda: len(mailboxes.to(HEAD)) == 2)
    first, second = mailboxes.to(HEAD)
    assert second["Message-ID"] == str(first["Message-ID"]).replace("@", ".2@")
    assert len(mailboxes.mails) == 9
    links = [{word for word in mail.as_string().split() if "/l/" in word} for mail in (first, second)]
    assert not links[0] & links[1]


async def test_an_unknown_mail_cannot_be_sent_again(service, client):
    with pytest.raises(Rejected) as refused:
        await client.ask(ResendMail(mail_id="mai-none"))
    assert refused.value.rule == "unknown-mail"
