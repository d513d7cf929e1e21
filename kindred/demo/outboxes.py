"""How many rows wait in each service's outbox, as of this moment: what is told but not on the bus yet."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Protocol

from kindred.running.topology import SERVICES
from shared.bus.outbox import backlog
from shared.errors import Unreachable
from shared.mongo import Mongo, connect


class Outboxes(Protocol):
    """Port: looks into the databases of all services."""

    async def waiting(self) -> dict[str, int]:
        """Rows that wait, by service."""
        ...

    async def close(self) -> None:
        """Hang up."""
        ...


_ANSWERING = """
import asyncio, json, sys
from shared.bus.outbox import backlog
from shared.mongo import connect
from shared.settings import Settings


async def answer(names, own):
    mongo = connect(own.mongo_url)
    while sys.stdin.readline():
        counts = {name: (await backlog(mongo.database(own.database_prefix + name)))[0] for name in names}
        print(json.dumps(counts), flush=True)


asyncio.run(answer(sys.argv[1:], Settings()))
"""
"""A program that answers each line of its standard input; a service's image holds all that it needs."""


class InReach:
    """Of databases that this process reaches."""

    def __init__(self, url: str, prefix: str = "kindred_") -> None:
        self._url, self._prefix = url, prefix
        self._mongo: Mongo | None = None

    async def waiting(self) -> dict[str, int]:
        """Rows that wait, by service."""
        self._mongo = self._mongo or connect(self._url)  # here, since a client belongs to its event loop
        return {name: (await backlog(self._mongo.database(f"{self._prefix}{name}")))[0] for name in SERVICES}

    async def close(self) -> None:
        """Hang up."""
        if self._mongo is not None:
            await self._mongo.close()
            self._mongo = None


class Inside:
    """Of databases that only a container reaches; `command` runs in one, in `environment`.

    One process answers all questions, since starting one takes seconds. Where its container has gone, another is made.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = (*command, "python", "-c", _ANSWERING, *SERVICES)
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None

    async def waiting(self) -> dict[str, int]:
        """Rows that wait, by service. Raises Unreachable when nobody answers there."""
        for _ in range(2):
            answer = await self._asked()
            if answer:
                found: dict[str, int] = json.loads(answer)
                return found
            await self.close()
        raise Unreachable("Nobody in the containers says what waits in the outboxes.")

    async def _asked(self) -> bytes:
        if self._process is None:
            pipe = asyncio.subprocess.PIPE
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=pipe, stdout=pipe, env=self._environment
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(b"\n")
            await self._process.stdin.drain()
            return await self._process.stdout.readline()
        except ConnectionError:
            return b""

    async def close(self) -> None:
        """End the process."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            await self._process.wait()
        self._process = None
