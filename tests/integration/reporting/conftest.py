"""Reporting on the real bus, with a teller that tells what other services would."""

import datetime as dt
import json
from contextlib import suppress
from typing import Any

import pytest
from nats.js.errors import NotFoundError

from services.reporting.app import build
from services.reporting.settings import ReportingSettings
from shared.bus import Service
from shared.bus.clock import advance
from shared.errors import Rejected
from tests.unit.reporting import world
from tests.waiting import until, until_equal

JUNE = world.at(dt.date(2027, 6, 21))


@pytest.fixture
def own(settings):
    return ReportingSettings(**{**settings.model_dump(), "clock": "adjustable"}, render_workers=1)


@pytest.fixture
async def teller(settings):
    """A service that only tells."""
    return Service("teller", settings)


@pytest.fixture
async def reporting(own, teller, running, jetstream):
    """Reporting at the end of the visits, on real servers with real render workers; its clock says June."""
    service = build(own)
    await running(service, teller)
    with suppress(Rejected):  # it is later already
        await advance(jetstream, JUNE)
    await until(lambda: service.clock.now() >= JUNE)
    await tell(teller, *world.everything())
    meetings = service.database["meetings"]
    await until_equal(lambda: meetings.count({"held": True}), 4)
    return service


async def tell(teller, *events):
    async def work(unit):
        for event in events:
            unit.publish(event)

    await teller.transact(work)


async def told(jetstream, subject):
    """Everything told on a subject so far: (headers, body)."""
    found: list[tuple[dict[str, str], Any]] = []
    sequence = 1
    while True:
        try:
            message = await jetstream.get_msg("EVENTS", seq=sequence, subject=subject, next=True)
        except NotFoundError:
            return found
        found.append((dict(message.headers), json.loads(message.data)))
        sequence = message.seq + 1


async def relayed(service):
    """All that the service has told is on the bus."""
    outbox = service.database["outbox"]
    await until_equal(lambda: outbox.count({"waiting": {"$gt": 0}}), 0)


async def all_told(service, jetstream, subject):
    """The same, once the service's outbox is empty."""
    await relayed(service)
    return await told(jetstream, subject)
