"""Fixtures on real servers: one nats-server and one mongod a run; a clean bus and own databases each test."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any
from uuid import uuid4

import hypothesis
import nats
import pytest
from nats.aio.client import Client
from nats.js import JetStreamContext
from xdist.workermanage import WorkerController

from shared.bus import BusClient, Service, Topology, wire
from shared.commands.base import Command, Query
from shared.mongo import Mongo, connect
from shared.operations import streams
from shared.settings import Settings
from tests import leftovers, refusals, servers, waiting, workers
from tests.fakes import FakeClock

hypothesis.settings.register_profile("kindred", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("kindred")  # a busy machine is slow, and no fault of what is tested


def pytest_configure(config: pytest.Config) -> None:
    """Mark the processes of this run; those of a worker bear the mark already. Listen to what is refused."""
    refusals.listen()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # tests start hundreds of processes, which would each compile all
    if not hasattr(config, "workerinput"):
        leftovers.begin()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """Give each worker its place on the servers of the run."""
    workers.configure(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> workers.ByFile:
    """Keep files together and whole stacks apart."""
    return workers.scheduler(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest."""
    workers.longest_first(items)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Give a test more time where the machine is shared: its timeout is there for what hangs."""
    named = item.get_closest_marker("timeout")
    seconds = named.args[0] if named else float(item.config.getini("timeout"))
    item.add_marker(pytest.mark.timeout(waiting.patience(seconds)), append=False)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Fail a test in which somebody was refused with an id in place of a name."""
    yield
    refusals.must_be_in_words()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Once the workers are gone: leave nothing behind."""
    if not hasattr(session.config, "workerinput"):
        workers.over(session.config)
        leftovers.end(session)


def pytest_report_header() -> str:
    """Say which servers integration tests run on."""
    return f"servers: {servers.which()}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it again where -q hides the header."""
    terminalreporter.write_line(f"servers: {servers.which()}")


@pytest.fixture(scope="session")
def addresses(pytestconfig: pytest.Config) -> Iterator[servers.Addresses]:
    """Where this worker's nats-server and mongod are; a run without workers starts them when first needed."""
    if shared := workers.given(pytestconfig):
        yield shared
        return
    with servers.running() as found:
        yield found


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still until told: Monday 7 September 2026, 08:00 UTC."""
    return FakeClock()


@pytest.fixture
def settings(addresses: servers.Addresses, request: pytest.FixtureRequest) -> Settings:
    """Settings with a database prefix of this test's own; parametrise indirectly to choose the driver."""
    return Settings(
        nats_url=addresses.nats_url,
        mongo_url=addresses.mongo_url,
        mongo_driver=getattr(request, "param", "motor"),
        database_prefix=f"t{uuid4().hex[:8]}_",
    )


@pytest.fixture
async def mongo(settings: Settings) -> AsyncIterator[Mongo]:
    """A client; the test's databases are dropped afterwards."""
    client = connect(settings.mongo_url, settings.mongo_driver)
    yield client
    for name in await client.databases():
        if name.startswith(settings.database_prefix):
            await client.drop(name)
    await client.close()


@pytest.fixture
async def connection(settings: Settings) -> AsyncIterator[Client]:
    """A raw connection to this worker's account, without any stream of an earlier test."""
    client = await nats.connect(settings.nats_url)
    jetstream = client.jetstream()
    for info in await jetstream.streams_info():
        assert info.config.name
        await jetstream.delete_stream(info.config.name)
    yield client
    await client.close()


@pytest.fixture
async def jetstream(connection: Client) -> JetStreamContext:
    """JetStream with the streams as `kindred bus apply` makes them, and no consumer."""
    context = connection.jetstream()
    await streams.apply(context, Topology())
    return context


Running = Callable[..., Awaitable[None]]


@pytest.fixture
async def running(jetstream: JetStreamContext, mongo: Mongo) -> AsyncIterator[Running]:
    """Start services for the length of a test: ``await running(service, ...)`` creates their consumers first."""
    assert mongo
    started: list[Service] = []

    async def start(*services: Service) -> None:
        await streams.apply(jetstream, Topology.of(service.topology() for service in services))
        for service in services:
            started.append(service)
            await service.start()

    yield start
    for service in reversed(started):
        await service.stop()


AtRest = Callable[..., Awaitable[None]]


@pytest.fixture
async def at_rest(jetstream: JetStreamContext, mongo: Mongo, settings: Settings) -> AtRest:
    """``await at_rest()`` waits until nothing is on its way between this test's services (``tests/waiting.py``)."""

    async def wait(held: int = 0) -> None:
        names = [name for name in await mongo.databases() if name.startswith(settings.database_prefix)]
        await waiting.at_rest(jetstream, map(mongo.database, names), held=held)

    return wait


class Asker(BusClient):
    """Waits longer for an answer where the machine is shared, unless a test wants none."""

    async def _request(
        self, subject: str, message: Command | Query, headers: dict[str, str], each: float, patience: float
    ) -> wire.Answer:
        patience = waiting.patience(patience) if patience > 1 else patience
        return await super()._request(subject, message, headers, each, patience)


@pytest.fixture
async def client(settings: Settings, jetstream: JetStreamContext) -> AsyncIterator[BusClient]:
    """Asks services as the CLI does."""
    assert jetstream
    async with await Asker.connect(settings.nats_url, actor="tester") as found:
        yield found
