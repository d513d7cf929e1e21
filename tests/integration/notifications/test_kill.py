"""The service is killed in the middle of a batch and started again: nothing is lost, next to nothing comes twice."""

import asyncio
import datetime as dt
import os
import sys
from asyncio.subprocess import Process

import pytest

from services.notifications.app import build
from services.notifications.settings import NotificationsSettings
from shared.bus import Topology
from shared.clock import SystemClock
from shared.operations import streams
from tests.integration.notifications.conftest import listed
from tests.unit.notifications import world
from tests.waiting import until

VISITS = 12
LINES = 8


@pytest.fixture
def standing_clock() -> None:
    """Here time passes: another process is involved."""


async def start(own: NotificationsSettings) -> Process:
    names = (
        "nats_url", "mongo_url", "mongo_driver", "database_prefix", "smtp_host", "smtp_port", "smtp_connections",
        "public_url",
    )  # fmt: skip
    settings = {f"KINDRED_{name.upper()}": str(getattr(own, name)) for name in names}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.notifications.app", env={**os.environ, **settings}
    )


async def test_a_worker_killed_in_the_middle_of_a_batch_loses_nothing(
    own, teller, running, publish, jetstream, mailboxes, client
):
    own = own.model_copy(update={"smtp_connections": LINES})
    mailboxes.delay = 0.02
    await running(teller)
    await streams.apply(jetstream, Topology.of([teller.topology(), build(own).topology()]))
    on = (SystemClock().now() + dt.timedelta(days=200)).date()
    await publish(*world.cards(), world.opened(), *map(world.enrolled, world.SCHOOLS), world.appointed())
    await publish(*(world.visit_scheduled(visit_id=f"vis-{number:032x}", on=on) for number in range(VISITS)))
    worker = await start(own)
    try:
        await until(lambda: len(mailboxes.mails) >= 20, every=0.01)
        worker.kill()
        await worker.wait()
        before = len(mailboxes.mails)
        worker = await start(own)

        async def all_accepted() -> bool:
            return (await listed(client)).by_state == {"accepted": 8 * VISITS}

        await until(lambda: len(mailboxes.ids()) == 8 * VISITS, seconds=90)
        await until(all_accepted, seconds=60)
    finally:
        worker.kill()
        await worker.wait()
    assert before < 8 * VISITS
    assert len(mailboxes.mails) - len(mailboxes.ids()) <= LINES
    assert max(mailboxes.ids().values()) <= 2
