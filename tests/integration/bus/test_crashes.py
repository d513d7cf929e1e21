"""A service is killed at each boundary between receipt and acknowledgement; a second life makes everything good."""

import asyncio
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace

import pytest

from deploy.embedded import MongoServer
from deploy.embedded.process import free_port
from shared.bus import Topology, failpoints
from shared.operations import streams
from tests.integration.bus.samples import Counted, Ring, belfry, idle, subjects_of, village
from tests.integration.bus.test_delivery import ring
from tests.waiting import patience, until

SAMPLES = {"belfry": belfry, "village": village}
RECEIVER = failpoints.STEPS[:6]
RELAY = [step for step in failpoints.STEPS if step.startswith("relay-")]
ASKED = ["asked", "in-transaction", "handled", "told", "committed", "command-committed", "answered"]


class Process:
    """One sample service as a child process."""

    def __init__(self, name, settings, **environment):
        self.port = free_port()
        fields = {
            "NATS_URL": settings.nats_url, "MONGO_URL": settings.mongo_url,
            "DATABASE_PREFIX": settings.database_prefix, "HEALTH_PORT": str(self.port), **environment,
        }  # fmt: skip
        named = {name if name == "FAILPOINT" else f"KINDRED_{name}": value for name, value in fields.items()}
        command = [sys.executable, "-m", "tests.integration.bus.process", name]
        self.child = subprocess.Popen(command, env={**os.environ, **named}, stderr=subprocess.DEVNULL)

    async def ended(self):
        return await asyncio.to_thread(self.child.wait, 60)

    async def ready(self):
        async def answers():
            return await asyncio.to_thread(self.page, "readyz") == 200

        await until(answers)

    def page(self, name):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{name}", timeout=patience(2)) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0


@pytest.fixture(scope="module")
def impatient(tmp_path_factory):
    """A mongod of these tests' own, since open transactions are to be given up after a second."""
    server = MongoServer(tmp_path_factory.mktemp("mongo")).start()
    yield server
    server.stop()


@pytest.fixture
def settings(settings, impatient):
    return settings.model_copy(update={"mongo_url": impatient.url})


@pytest.fixture
async def start(settings, jetstream, mongo):
    """Start sample services as processes; acknowledgements, too, are given up after a second."""
    await mongo.client.admin.command("setParameter", 1, transactionLifetimeLimitSeconds=1)
    processes = []

    async def begin(name, **environment):
        service = SAMPLES[name](settings)
        quick = Topology(tuple(replace(consumer, ack_wait=1.0) for consumer in service.topology().consumers))
        await streams.apply(jetstream, quick)
        processes.append(Process(name, settings, **environment))
        return processes[-1]

    yield begin
    for process in processes:
        process.child.kill()
        process.child.wait()


@pytest.fixture
async def start_again(settings):
    """Start the second life of a service: in this process, which is quicker than another Python."""
    lives = []

    async def begin(name):
        lives.append(SAMPLES[name](settings))
        await lives[-1].start()

    yield begin
    for service in lives:
        await service.stop()


@pytest.mark.parametrize("step", RECEIVER)
async def test_killed_while_handling(start, start_again, settings, jetstream, mongo, step):
    first = await start("village", FAILPOINT=f"village.{step}:kill")
    await ring(jetstream)
    assert await first.ended() == -signal.SIGKILL
    await start_again("village")
    database = mongo.database(f"{settings.database_prefix}village")

    async def told():
        return (await subjects_of(jetstream, "EVENTS")).get("events.village.Heard.v1.tom")

    assert await until(told, seconds=90) == 1
    await until(lambda: idle(jetstream, "EVENTS", "village-rang"))
    assert await database["heard"].count() == 1
    assert await told() == 1


@pytest.mark.parametrize("step", RELAY)
async def test_killed_while_relaying(start, start_again, settings, jetstream, step):
    first = await start("village", FAILPOINT=f"village.{step}:kill")
    await ring(jetstream)
    assert await first.ended() == -signal.SIGKILL
    await start_again("village")

    async def told():
        return (await subjects_of(jetstream, "EVENTS")).get("events.village.Heard.v1.tom")

    assert await until(told, seconds=90) == 1


@pytest.mark.parametrize("step", ASKED)
async def test_killed_while_answering(start, start_again, client, jetstream, step):
    """The asker asks again with the same key: one answer, one event."""
    first = await start("belfry", FAILPOINT=f"belfry.{step}:kill")
    await first.ready()
    asking = asyncio.create_task(client.ask(Ring(bell_id="tom"), key="k1", timeout=2, patience=patience(120)))
    assert await first.ended() == -signal.SIGKILL
    await start_again("belfry")
    assert await asking == Counted(bell_id="tom", version=1)

    async def rang():
        return await subjects_of(jetstream, "EVENTS")

    assert await until(rang) == {"events.belfry.Rang.v1.tom": 1}


async def test_it_says_how_it_is_and_ends_on_sigterm(start):
    process = await start("village")
    await process.ready()
    assert await asyncio.to_thread(process.page, "livez") == 200
    assert await asyncio.to_thread(process.page, "metrics") == 200
    assert await asyncio.to_thread(process.page, "elsewhere") == 404
    process.child.send_signal(signal.SIGTERM)
    assert await process.ended() == 0
