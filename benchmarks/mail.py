"""Mails a second from queued rows to the relay's 250, with the whole service at work.

``python -m benchmarks.mail [MAILS] [CONNECTIONS]``. Three figures: writing alone (words, text, page, calendar, message;
a CPU second); claim, write, keep, send, note and tell to an aiosmtpd in its own process; the same with each reply after
20 ms. Targets: 300/s locally, 150/s at 20 ms through 16 connections.
"""

import asyncio
import datetime as dt
import os
import resource
import secrets
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nats
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.embedded import Servers
from services.notifications.app import build
from services.notifications.settings import NotificationsSettings
from shared.bus import BusClient, Service, Topology, UnitOfWork
from shared.clock import SystemClock
from shared.commands.notifications import ListMails, MailRows, PauseMail
from shared.operations import streams
from shared.settings import Settings
from tests.unit.notifications import world
from tests.unit.notifications.test_writing import one_of_each_invitation

MAILS_A_VISIT = 8


class Sink:
    """Takes everything, each reply after a while; counts into a file so that another process can look."""

    def __init__(self, pause: float) -> None:
        self.pause = pause

    async def handle_MAIL(  # noqa: N802 - the name aiosmtpd calls
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        """Answer MAIL."""
        await asyncio.sleep(self.pause)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - likewise
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        """Answer RCPT."""
        await asyncio.sleep(self.pause)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, ___: Envelope) -> str:  # noqa: N802 - likewise
        """Answer DATA and the text: two replies, so two pauses."""
        await asyncio.sleep(2 * self.pause)
        return "250 OK"


async def sink(pause: float) -> None:
    """Serve on a free port, which is printed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Sink(pause), hostname="sink"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def writing(count: int) -> float:
    """Return mails written a second, nothing sent."""
    write = await one_of_each_invitation()
    await write()
    began = time.process_time()
    for _ in range(count):
        await write()
    return count / (time.process_time() - began)


async def sending(servers: Servers, count: int, connections: int, pause: float) -> tuple[float, float]:
    """Return mails a second and this process's CPU milliseconds a mail."""
    command = (sys.executable, "-m", "benchmarks.mail", "--sink", str(pause))
    relay = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        assert relay.stdout
        port = int(await relay.stdout.readline())
        return await _measured(servers, count, connections, port)
    finally:
        relay.kill()
        await relay.wait()


async def _measured(servers: Servers, count: int, connections: int, port: int) -> tuple[float, float]:
    base = Settings(nats_url=servers.nats.url, mongo_url=servers.mongo.url, database_prefix=f"b{secrets.token_hex(4)}_")
    relay: dict[str, Any] = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_connections": connections}
    own = NotificationsSettings(**base.model_dump(), **relay)
    teller, service = Service("programmes", base), build(own)
    connection = await nats.connect(servers.nats.url)
    jetstream = connection.jetstream()
    for info in await jetstream.streams_info():
        await jetstream.delete_stream(str(info.config.name))
    await streams.apply(jetstream, Topology.of([teller.topology(), service.topology()]))
    await teller.start()
    await service.start()
    async with await BusClient.connect(servers.nats.url, actor="bench") as client:
        await client.ask(PauseMail(paused=True))
        await _fill(teller, count // MAILS_A_VISIT)
        await _until(client, {"queued": count // MAILS_A_VISIT * MAILS_A_VISIT})
        usage = resource.getrusage(resource.RUSAGE_SELF)
        await client.ask(PauseMail(paused=False))
        began = time.perf_counter()
        await _until(client, {"accepted": count // MAILS_A_VISIT * MAILS_A_VISIT})
        took = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_SELF)
    await service.stop()
    await teller.stop()
    await connection.close()
    cpu = after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime
    return count / took, 1000 * cpu / count


async def _fill(teller: Service, visits: int) -> None:
    on = (SystemClock().now() + dt.timedelta(days=200)).date()

    async def people(unit: UnitOfWork) -> None:
        for card in world.cards():
            unit.put_contact(card)
        for fact in (world.opened(), *map(world.enrolled, world.SCHOOLS), world.appointed()):
            unit.publish(fact)

    await teller.transact(people)
    for start in range(0, visits, 50):

        async def some(unit: UnitOfWork, first: int = start) -> None:
            for number in range(first, min(first + 50, visits)):
                unit.publish(world.visit_scheduled(visit_id=f"vis-{number:032x}", on=on))

        await teller.transact(some)


async def _until(client: BusClient, wanted: dict[str, int]) -> None:
    while True:
        rows: MailRows = await client.find(ListMails(limit=1))
        if rows.by_state == wanted:
            return
        await asyncio.sleep(0.25)


async def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    connections = int(sys.argv[2]) if len(sys.argv) > 2 else 16
    print(f"writing alone            {await writing(min(300, count)):7.0f} mails a CPU second")
    with tempfile.TemporaryDirectory() as folder, Servers(Path(folder)) as servers:
        for name, pause in (("local relay", 0.0), ("relay with 20 ms replies", 0.02)):
            rate, cpu = await sending(servers, count, connections, pause)
            print(f"{name:<24} {rate:7.0f} mails a second, {cpu:.1f} ms of CPU a mail, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    asyncio.run(sink(float(sys.argv[2])) if sys.argv[1:2] == ["--sink"] else main())
