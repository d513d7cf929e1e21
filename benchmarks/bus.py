"""Events a second through the bus against raw JetStream fetch and acknowledge, in one run on one pair of servers.

``python -m benchmarks.bus [EVENTS]``. Three figures: raw; a transaction an event (inbox, handler, outbox, relay); a
projection in batches of 50 with the relay at work. Targets (two shared cores): 1.00, 0.03 and 0.25.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import nats
from nats.js import JetStreamContext

from deploy.embedded import Servers
from shared.bus import Consumer, Service, Topology, UnitOfWork
from shared.bus.envelope import Envelope, written
from shared.events.base import Event
from shared.mongo import UpdateOne
from shared.operations import streams
from shared.settings import Settings


class Measured(Event):
    """An event to be counted."""

    context: ClassVar[str] = "bench"
    aggregate: ClassVar[str] = "key"
    key: str


class Counted(Event):
    """What the handler tells of it."""

    context: ClassVar[str] = "bench"
    aggregate: ClassVar[str] = "key"
    key: str


async def fill(jetstream: JetStreamContext, count: int) -> None:
    """Put events on the stream."""
    pending = []
    for number in range(count):
        fact = Measured(key=f"k{number % 100}", version=1)
        envelope = Envelope(f"e{number}", fact.type_name(), "bench", fact.key, datetime.now(UTC), "c")
        pending.append(await jetstream.publish_async(fact.subject, written(fact), headers=envelope.headers()))
    await asyncio.gather(*pending)


async def raw(jetstream: JetStreamContext, count: int) -> float:
    """Fetch and acknowledge; return events a second."""
    await streams.apply(jetstream, Topology((Consumer("raw", "EVENTS", ("events.bench.Measured.*.*",)),)))
    pull = await jetstream.pull_subscribe_bind(durable="raw", stream="EVENTS")
    began, done = time.perf_counter(), 0
    while done < count:
        for message in await pull.fetch(100, timeout=5):
            await message.ack()
            done += 1
    return count / (time.perf_counter() - began)


async def through(
    jetstream: JetStreamContext, settings: Settings, declare: Callable[[Service], None], count: int
) -> float:
    """Let a service work through the stream until all is handled and relayed; return events a second."""
    service = Service("bench", settings)
    declare(service)
    await streams.apply(jetstream, service.topology())
    (consumer,) = service.topology().consumers
    began = time.perf_counter()
    await service.start()
    while not await finished(jetstream, consumer, service, count):  # noqa: ASYNC110 - another process decides
        await asyncio.sleep(0.02)
    taken = time.perf_counter() - began
    seen = sum([row["times"] async for row in service.database["seen"].find()])
    await service.stop()
    if seen != count:
        raise SystemExit(f"{count} events were handled {seen} times.")
    return count / taken


async def finished(jetstream: JetStreamContext, consumer: Consumer, service: Service, count: int) -> bool:
    """Tell whether every event is acknowledged and everything told is on the bus."""
    info = await jetstream.consumer_info(consumer.stream, consumer.durable)
    if info.num_pending or info.num_ack_pending or not info.delivered or info.delivered.consumer_seq < count:
        return False
    return await service.database["outbox"].count({"waiting": {"$gt": 0}}) == 0


def one_by_one(service: Service) -> None:
    """A transaction an event, telling one of its own."""

    async def handle(event: Measured, work: UnitOfWork) -> None:
        await service.database["seen"].update_one({"_id": event.key}, {"$inc": {"times": 1}}, upsert=True)
        work.publish(Counted(key=event.key, version=event.version))

    service.subscribe(Measured, "bench-single", handle)


def in_batches(service: Service) -> None:
    """A transaction a batch, telling one event a batch's first."""

    async def project(event: Measured, _: UnitOfWork) -> None:
        await service.database["seen"].queue(UpdateOne({"_id": event.key}, {"$inc": {"times": 1}}, upsert=True))

    service.projection("bench-batch", {Measured: project})


async def measure(servers: Servers, count: int) -> list[tuple[str, float]]:
    """Return the three figures."""
    connection = await nats.connect(servers.nats.url)
    jetstream = connection.jetstream(publish_async_max_pending=4000)
    await streams.apply(jetstream, Topology())
    await fill(jetstream, count)
    figures = [("raw fetch and ack", await raw(jetstream, count))]
    ways: list[tuple[str, Callable[[Service], None]]] = [
        ("transaction an event, with outbox and relay", one_by_one),
        ("batches of 50 in one transaction", in_batches),
    ]
    for number, (name, declare) in enumerate(ways):
        settings = Settings(
            nats_url=servers.nats.url, mongo_url=servers.mongo.url, database_prefix=f"b{number}_", log_level="WARNING"
        )
        figures.append((name, await through(jetstream, settings, declare, count)))
    await connection.close()
    return figures


def main(arguments: list[str]) -> None:
    """Measure and print figures and ratios."""
    count = int(arguments[0]) if arguments else 3000
    with tempfile.TemporaryDirectory() as folder, Servers(Path(folder)) as servers:
        figures = asyncio.run(measure(servers, count))
    print(f"{count} events")
    for name, rate in figures:
        print(f"{name:45} {rate:8,.0f} events/s {rate / figures[0][1]:6.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
