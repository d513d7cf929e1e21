"""Tasks on the real bus: asked with their moment, reminded and missed as the clock goes on, done by what people do."""

import datetime as dt
import json
from contextlib import suppress

import pytest
from nats.js.errors import NotFoundError

from services.tasks.app import build
from services.tasks.settings import TasksSettings
from shared.bus import Service
from shared.bus.clock import advance
from shared.commands.tasks import ListTasks
from shared.errors import Rejected
from tests.unit.tasks import world
from tests.waiting import until, until_equal

NOON = dt.time(12, tzinfo=dt.UTC)
OPENS = dt.date(2027, 9, 6)
"""A Monday that no clock has reached: a clock goes forward only."""


@pytest.fixture
async def teller(settings):
    """A service that only tells."""
    return Service("teller", settings)


@pytest.fixture
async def tasks(settings, teller, running, jetstream):
    """The service on the programme's first day."""
    service = build(TasksSettings(**{**settings.model_dump(), "clock": "adjustable"}))
    await running(service, teller)
    await to(service, jetstream, OPENS)
    return service


async def to(service, jetstream, day):
    when = dt.datetime.combine(day, NOON)
    with suppress(Rejected):  # it is later already
        await advance(jetstream, when)
    await until(lambda: service.clock.now() >= when)


async def tell(teller, *events):
    async def work(unit):
        for event in events:
            unit.publish(event)

    await teller.transact(work)


async def told(jetstream):
    """Everything told of tasks so far: (event, whose)."""
    found, sequence = list[tuple[str, list[str]]](), 1
    while True:
        try:
            message = await jetstream.get_msg("EVENTS", seq=sequence, subject="events.tasks.>", next=True)
        except NotFoundError:
            return found
        found.append((message.subject.split(".")[2], json.loads(message.data)["person_ids"]))
        sequence = message.seq + 1


async def test_from_the_opening_of_a_programme_to_its_last_reminder(tasks, teller, jetstream):
    first, second = ([world.lead(school)] for school in ("sch-1", "sch-2"))
    opened = world.opened(world.task()).model_copy(update={"year": OPENS.year})
    await tell(teller, opened, *world.staff("sch-1", "sch-2"), world.came(on=OPENS))
    asked = [("TaskAsked", first), ("TaskAsked", second)]
    await until_equal(lambda: told(jetstream), asked)
    await tell(teller, world.entry())
    await until_equal(lambda: told(jetstream), [*asked, ("TaskDone", first)])
    await to(tasks, jetstream, dt.date(2027, 9, 15))
    reminded = [*asked, ("TaskDone", first), ("TaskReminded", second)]
    await until_equal(lambda: told(jetstream), reminded)
    await to(tasks, jetstream, dt.date(2027, 9, 22))
    await until_equal(lambda: told(jetstream), [*reminded, ("TaskMissed", second)])
    rows = await tasks.client.find(ListTasks(programme_id=world.PROGRAMME))
    assert (rows.total, rows.owed, sorted(row.state for row in rows.tasks)) == (2, 1, ["done", "missed"])
