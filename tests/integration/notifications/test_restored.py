"""After a restore no mail goes out again by itself: what may have been sent since the backup waits for a person."""

from services.notifications.app import build
from shared.bus.collections import RESTORED
from shared.commands.notifications import PauseMail, ResendFailed
from tests.integration.notifications.conftest import listed
from tests.unit.notifications import world
from tests.waiting import until


async def test_mails_under_way_at_the_backup_are_held(service, own, publish, mailboxes, client, database, running):
    await client.ask(PauseMail(paused=True))
    await publish(world.visit_scheduled())

    async def queued() -> bool:
        return (await listed(client)).by_state == {"queued": 8}

    await until(queued)
    await service.stop()
    await database[RESTORED].insert_one({"_id": "last", "taken": "2026-09-01T00:00:00+00:00"})
    await running(build(own))
    assert (await listed(client)).by_state == {"unknown": 8}
    assert await database[RESTORED].count() == 0
    await client.ask(PauseMail(paused=False))
    assert mailboxes.mails == []
    await client.ask(ResendFailed(programme_id=world.PROGRAMME))
    await until(lambda: len(mailboxes.mails) == 8)
