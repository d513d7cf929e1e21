"""Servers that die and come back: idle and under load, nothing acknowledged is lost and readiness tells."""

import asyncio
from contextlib import asynccontextmanager, suppress
from functools import partial

import nats
import pytest
from nats.js import JetStreamContext

from deploy.embedded import MongoServer, NatsServer
from shared.bus import BusClient, Topology, failpoints, runtime
from shared.errors import KindredError
from shared.mongo import connect
from shared.operations import streams
from tests.integration.bus.samples import Ring, belfry, idle, subjects_of, village
from tests.waiting import patience, until

DURABLE = "village-rang"


@pytest.fixture(autouse=True)
def disarmed():
    yield
    failpoints.arm("")


@pytest.fixture
def own_nats(tmp_path):
    """A nats-server of this test's own, to be killed."""
    server = NatsServer(tmp_path / "nats").start()
    yield server
    server.stop()


@pytest.fixture
def own_mongo(tmp_path, monkeypatch):
    """A mongod of this test's own, to be killed; services miss it after a second instead of five."""
    monkeypatch.setattr(runtime, "connect", partial(connect, server_selection_ms=1000))
    server = MongoServer(tmp_path / "mongo").start()
    yield server
    server.stop()


@asynccontextmanager
async def at_work(settings, *makers):
    """Services running on servers of the test's own, with a client and JetStream."""
    services = [make(settings) for make in makers]
    connection = await nats.connect(settings.nats_url, max_reconnect_attempts=-1, reconnect_time_wait=0.2)
    jetstream = connection.jetstream()
    await streams.apply(jetstream, Topology.of(service.topology() for service in services))
    for service in services:
        await service.start()
    async with await BusClient.connect(settings.nats_url, reconnect_time_wait=0.2) as client:
        yield client, jetstream, services
    for service in reversed(services):
        await service.stop()
    await connection.close()


def ready(service):
    async def check():
        return service.health.ready

    return check


async def heard(service):
    return sorted([line["version"] async for line in service.database["heard"].find({})])


def heard_all(service, count):
    async def check():
        return await heard(service) == list(range(1, count + 1))

    return check


async def test_nats_killed_while_idle(settings, own_nats, mongo):
    """An idle pull must resume: FastStream's never does with `timeout=None`."""
    own = settings.model_copy(update={"nats_url": own_nats.url})
    async with at_work(own, belfry, village) as (client, jetstream, (_, people)):
        await until(ready(people))
        await until(lambda: pulled(jetstream), "until a pull hangs on the server")
        own_nats.process.kill()
        await until(lambda: not_ready(people))
        own_nats.process.start()
        await client.ask(Ring(bell_id="tom"), key="k1", patience=patience(20))
        await until(heard_all(people, 1))
        await until(ready(people))


async def pulled(jetstream):
    return (await jetstream.consumer_info("EVENTS", DURABLE)).num_waiting


async def not_ready(service):
    return not service.health.ready


class Askers:
    """Send commands until each is answered, at most five at a time."""

    def __init__(self, client, count):
        self._client, self._gate = client, asyncio.Semaphore(5)
        self.answers = []
        self._asking = [asyncio.create_task(self._one(number)) for number in range(count)]

    async def _one(self, number):
        async def answered():
            with suppress(KindredError):  # a server is away: ask again
                return await self._client.ask(Ring(bell_id="tom"), key=f"k{number}", timeout=2, patience=patience(30))

        async with self._gate:
            self.answers.append(await until(answered, seconds=120, every=0.2))

    async def some(self, count):
        """Wait until so many are answered, while others are asked."""
        await until(lambda: len(self.answers) >= count, f"until {count} commands are answered")
        assert len(self.answers) < len(self._asking), "all is over: nothing is under load any more"

    async def versions(self):
        await asyncio.gather(*self._asking)
        return sorted(answer.version for answer in self.answers)


async def test_nats_killed_under_load(settings, own_nats, mongo):
    own = settings.model_copy(update={"nats_url": own_nats.url})
    async with at_work(own, belfry, village) as (client, jetstream, (bells, people)):
        asking = Askers(client, 150)
        for times in (1, 2):
            await asking.some(25 * times)
            own_nats.process.kill()
            await until(lambda: not bells.client.connection.is_connected, "until the service misses NATS")
            own_nats.process.start()
        assert await asking.versions() == list(range(1, 151))
        await until(heard_all(people, 150))
        assert await bells.database["outbox"].count() == 150
        await until(lambda: idle(jetstream, "EVENTS", DURABLE))
        assert (await subjects_of(jetstream, "EVENTS"))["events.belfry.Rang.v1.tom"] == 150


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
async def test_mongod_killed_under_load(settings, jetstream, own_mongo):
    own = settings.model_copy(update={"mongo_url": own_mongo.url})
    async with at_work(own, belfry, village) as (client, _, (bells, people)):
        asking = Askers(client, 60)
        await asking.some(10)
        own_mongo.process.kill()
        await until(lambda: not_ready(bells))
        own_mongo.start()
        assert await asking.versions() == list(range(1, 61))
        await until(heard_all(people, 60))
        await until(ready(people))
        assert (await subjects_of(jetstream, "DEAD")) == {}


async def test_the_relay_dies_between_publish_and_mark(running, settings, client, jetstream):
    """The row goes out twice under one message id; the stream keeps one, the reader hears one."""
    failpoints.arm("belfry.relay-published:raise")
    bells, people = belfry(settings), village(settings)
    await running(bells, people)
    await client.ask(Ring(bell_id="tom"), key="k1")

    async def marked():
        return await bells.database["outbox"].count({"sent": {"$exists": True}}) == 1

    await until(marked)
    await until(heard_all(people, 1))
    assert (await subjects_of(jetstream, "EVENTS"))["events.belfry.Rang.v1.tom"] == 1


async def test_twice_on_the_bus_beyond_the_duplicate_window_is_heard_once(running, settings, client, jetstream):
    bells, people = belfry(settings), village(settings)
    await running(bells, people)
    await client.ask(Ring(bell_id="tom"), key="k1")
    await until(heard_all(people, 1))
    message = await jetstream.get_last_msg("EVENTS", "events.belfry.Rang.v1.tom")
    headers = {name: value for name, value in message.headers.items() if name != "Nats-Msg-Id"}
    await jetstream.publish(message.subject, message.data, headers=headers)
    await until(lambda: idle(jetstream, "EVENTS", DURABLE))
    assert await heard(people) == [1]


async def test_a_deleted_consumer_turns_readiness_red_and_nothing_spins(running, settings, jetstream):
    people = village(settings)
    await running(people)
    await until(ready(people))
    await jetstream.delete_consumer("EVENTS", DURABLE)
    await until(lambda: not_ready(people))
    assert people.health.problems == [f"the consumer {DURABLE} on EVENTS is not there (NotFoundError)"]
    await streams.apply(jetstream, people.topology())
    await until(ready(people))


async def test_readiness_is_red_without_a_writable_database(settings, jetstream, own_mongo):
    own = settings.model_copy(update={"mongo_url": own_mongo.url})
    async with at_work(own, village) as (_, _, (people,)):
        await until(ready(people))
        own_mongo.process.kill()
        await until(lambda: not_ready(people))
        own_mongo.start()
        await until(ready(people))


async def test_a_service_waits_for_its_consumers_and_creates_none(settings, jetstream, monkeypatch):
    looked, really_look = [], JetStreamContext.consumer_info

    async def look(self, stream, consumer):
        looked.append(consumer)
        return await really_look(self, stream, consumer)

    monkeypatch.setattr(JetStreamContext, "consumer_info", look)
    people = village(settings)
    starting = asyncio.create_task(people.start())
    await until(lambda: len(looked) > 2, "until it has looked for its consumer three times")
    assert not starting.done()
    assert people.health.problems == ["waiting for `kindred bus apply`"]
    assert await jetstream.consumers_info("EVENTS") == []
    await streams.apply(jetstream, people.topology())
    async with asyncio.timeout(patience(10)):
        await starting
    await people.stop()
