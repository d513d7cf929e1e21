"""What coordinators can do about mails, and what is left of a person who has been erased."""

import pytest

from shared.commands.notifications import ShowMail
from shared.events.programmes import PersonErased
from tests.fakes import START
from tests.integration.notifications.conftest import listed
from tests.unit.notifications import world
from tests.waiting import until

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
