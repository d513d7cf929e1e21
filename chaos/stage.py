"""What chaos is made on: two sample services as processes, two replicas each, on real servers of their own."""

import asyncio
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nats
from nats.js import JetStreamContext

from deploy.embedded import Servers
from shared.bus import Topology, failpoints
from shared.operations import streams
from shared.settings import Settings
from tests.integration.bus.samples import belfry, village

NAMES = ("belfry", "village")
_MAKERS = {"belfry": belfry, "village": village}


class Stage:
    """Servers and service processes, and the ways to hurt them."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.servers = Servers(folder)
        self.chance = chance
        self.log = folder / "services.log"
        self._services: dict[tuple[str, int], subprocess.Popen[bytes]] = {}

    @property
    def settings(self) -> Settings:
        """Settings for these servers."""
        return Settings(nats_url=self.servers.nats.url, mongo_url=self.servers.mongo.url, database_prefix="chaos_")

    async def raise_curtain(self) -> None:
        """Create streams and consumers and start all services."""
        topology = Topology.of(_MAKERS[name](self.settings).topology() for name in NAMES)
        quick = Topology(tuple(replace(consumer, ack_wait=3.0) for consumer in topology.consumers))
        connection = await nats.connect(self.servers.nats.url)
        await streams.apply(connection.jetstream(), quick)
        await connection.close()
        for name in NAMES:
            for replica in range(2):
                self.start(name, replica)

    def start(self, name: str, replica: int, failpoint: str = "") -> None:
        """Start one replica, if it is not running."""
        running = self._services.get((name, replica))
        if running is not None and running.poll() is None:
            return
        environment = {
            **os.environ, **self.servers.environment, "KINDRED_DATABASE_PREFIX": "chaos_", "FAILPOINT": failpoint,
        }  # fmt: skip
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "tests.integration.bus.process", name]
            self._services[name, replica] = subprocess.Popen(command, env=environment, stderr=log)

    async def hurt(self) -> str:
        """Do one thing of many that go wrong in life; return what was done."""
        what = self.chance.choice(["service", "service", "failpoint", "nats", "mongod", "freeze"])
        name, replica = self.chance.choice(NAMES), self.chance.randrange(2)
        pause = self.chance.uniform(0.1, 1.5)
        if what == "nats":
            self.servers.nats.process.kill()
            await asyncio.sleep(pause)
            self.servers.nats.process.start()
        elif what == "mongod":
            self.servers.mongo.process.kill()
            await asyncio.sleep(pause)
            self.servers.mongo.start()
        elif what == "freeze":
            server = self.chance.choice([self.servers.nats.process, self.servers.mongo.process])
            server.pause()
            await asyncio.sleep(pause)
            server.resume()
            return f"{server.name} frozen for {pause:.1f} s"
        else:
            return await self._hurt_service(what, name, replica, pause)
        return f"{what} killed, back after {pause:.1f} s"

    async def _hurt_service(self, what: str, name: str, replica: int, pause: float) -> str:
        self._services[name, replica].kill()
        self._services[name, replica].wait()
        await asyncio.sleep(pause)
        step = self.chance.choice(failpoints.STEPS)
        failpoint = f"{name}.{step}:kill@{self.chance.randint(1, 5)}" if what == "failpoint" else ""
        self.start(name, replica, failpoint)
        return f"{name} {replica} killed" + (f", comes back with {failpoint}" if failpoint else "")

    def heal(self) -> None:
        """Start whatever is not running."""
        for name in NAMES:
            for replica in range(2):
                self.start(name, replica)

    def strike(self) -> None:
        """End every process of ours."""
        for service in self._services.values():
            service.kill()
            service.wait()


async def at_rest(jetstream: JetStreamContext) -> bool:
    """Tell whether no durable has anything left to do; one whose bus does not answer may have."""
    try:
        _, consumers = await streams.status(jetstream)
    except streams.UNANSWERED:
        return False
    return not any(line.waiting or line.in_hand for line in consumers)
