"""After a restore no mail goes out again by itself, on real NATS, MongoDB and SMTP."""

import re

import pytest

from services.notifications.app import build
from services.notifications.domain.keys import link_id, mail_id_in
from shared.bus import Topology, restoration
from shared.commands.notifications import PauseMail
from shared.commands.notifications_held import DropHeld, ReleaseHeld
from shared.events.notifications import LinkIssued
from shared.operations.backup import backup, restore
from tests.integration.notifications.conftest import listed, published_by
from tests.unit.notifications import world
from tests.waiting import until, until_equal

TOKEN = re.compile(r"https://kindred\.example/l/([\w-]{32})")


async def states(client) -> dict[str, int]:
    return {**(await listed(client)).by_state}


@pytest.fixture
async def restored(service, own, teller, publish, mailboxes, client, running, mongo, tmp_path):
    """The service after a restore: its mails went out after the backup, and nobody here knows."""
    await client.ask(PauseMail(paused=True))
    await publish(world.visit_scheduled())
    await until_equal(lambda: states(client), {"queued": 8})
    where = (own.nats_url, own.mongo_url, tmp_path / "backup")
    await backup(*where, own.database_prefix)
    await client.ask(PauseMail(paused=False))
    await publish(world.event_scheduled())
    await until(lambda: len(mailboxes.mails) > 8)
    await service.stop()
    await teller.stop()
    lost, mailboxes.mails = mailboxes.mails, []
    topology = Topology.of([service.topology(), teller.topology()])
    await restore(*where, topology, own.database_prefix, replace=True)
    again = build(own)
    await running(again)
    await client.ask(PauseMail(paused=False))
    return again, [mail for _, _, mail in lost]


def tokens(mail) -> set[str]:
    return set(TOKEN.findall(mail.get_body(("plain",)).get_content()))


async def working(database) -> set[str]:
    return {event.link_id for event in await published_by(database, LinkIssued)}


async def test_what_may_have_gone_out_is_held_and_let_go_as_a_new_edition(restored, mailboxes, client, database):
    again, lost = restored
    rows = await listed(client, held=True)
    assert (rows.total, rows.held, rows.by_state) == (8, 8, {"unknown": 8})
    assert await restoration.marked(database, again.clock.now()) is None
    held = {row.mail_id for row in rows.mails}
    gone_out = [mail for mail in lost if mail_id_in(str(mail["Message-ID"])) in held]
    assert len(gone_out) == 8
    before = {link_id(token) for mail in gone_out for token in tokens(mail)}

    async def old_links_work():
        return before <= await working(database)

    await until(old_links_work)
    await until(lambda: again.health.notes == ["8 mails are held since a restore: see `kindred mails held`"])
    await until(lambda: again.health.ready)
    assert mailboxes.mails == []

    await client.ask(ReleaseHeld(person_id="per-2-headteacher"))
    await client.ask(DropHeld())
    await until_equal(lambda: states(client), {"accepted": 1, "suppressed": 7})
    ((_, to, mail),) = mailboxes.mails
    assert (to, ".2@" in mail["Message-ID"]) == (world.address("per-2-headteacher"), True)
    assert before | {link_id(token) for token in tokens(mail)} <= await working(database)
    assert await again.database["mails"].count({"links_due": True}) == 0
