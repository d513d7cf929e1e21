"""Register import, end to end: upload, read, save to MongoDB, report. Rows per second for a first and a second import.

`python -m benchmarks.register` starts its own servers; `--nats` and `--mongo` use running ones.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import nats

from deploy.embedded import Servers
from services.programmes.app import build
from services.programmes.domain.register.reader import open_register
from services.programmes.settings import ProgrammesSettings
from shared.bus import BusClient
from shared.commands.programmes import ImportFile, ImportReport, ImportStatus
from shared.mongo import connect
from shared.operations import streams

DATA = Path(__file__).resolve().parents[1] / "data"
FILES = ("schools-two-regions.csv", "schools-england.csv.gz")


def content_of(name: str, most: int | None) -> bytes:
    """A file of data/, or the beginning of a plain one: its heads and so many rows."""
    content = (DATA / name).read_bytes()
    return b"".join(content.splitlines(keepends=True)[: most + 1]) if most else content


def reading(content: bytes) -> tuple[int, float]:
    """Rows and seconds of reading a file alone, without saving."""
    started = time.perf_counter()
    rows = sum(1 for _ in open_register(content).entries)
    return rows, time.perf_counter() - started


async def imported(client: BusClient, name: str, content: bytes) -> tuple[ImportReport, float]:
    """The report and the seconds from upload to done."""
    started = time.perf_counter()
    upload = await client.upload(content, name)
    asked = await client.ask(ImportFile(kind="register", upload=upload, filename=name))
    while True:
        report: ImportReport = await client.find(ImportStatus(import_id=asked.import_id))
        if report.state != "running":
            return report, time.perf_counter() - started
        await asyncio.sleep(0.02)


async def measure(settings: ProgrammesSettings, files: Sequence[str], most: int | None) -> None:
    """Print one line a file and pass."""
    connection = await nats.connect(settings.nats_url)
    service = build(settings)
    await streams.apply(connection.jetstream(), service.topology())
    await service.start()
    async with await BusClient.connect(settings.nats_url, actor="benchmark") as client:
        for name in files:
            content = content_of(name, most)
            rows, seconds = reading(content)
            print(f"{name:26} read only     {rows:>7,} rows {seconds:6.2f} s {rows / seconds:>9,.0f} rows/s")
            for which in ("first import", "again"):
                report, seconds = await imported(client, name, content)
                done = report.rows_done
                counts = f"{report.added:,} added, {report.unchanged:,} unchanged, {report.rejected:,} left out"
                print(
                    f"{name:26} {which:13} {done:>7,} rows {seconds:6.2f} s {done / seconds:>9,.0f} rows/s ({counts})"
                )
    await service.stop()
    await connection.close()


def main() -> None:
    """Measure on embedded or given servers, and leave nothing behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=FILES, help="files of data/")
    parser.add_argument("--rows", type=int, help="no more of each file, which is then plain CSV")
    parser.add_argument("--nats", default="")
    parser.add_argument("--mongo", default="")
    given = parser.parse_args()
    with ExitStack() as stack:
        nats_url, mongo_url = given.nats, given.mongo
        if not (nats_url and mongo_url):
            folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            servers = stack.enter_context(Servers(Path(folder)))
            nats_url, mongo_url = servers.nats.url, servers.mongo.url
        prefix = f"bench_{uuid4().hex[:6]}_"
        settings = ProgrammesSettings(nats_url=nats_url, mongo_url=mongo_url, database_prefix=prefix)
        asyncio.run(measure(settings, given.files, given.rows))
        asyncio.run(drop(settings))


async def drop(settings: ProgrammesSettings) -> None:
    """Delete what was saved."""
    mongo = connect(settings.mongo_url, settings.mongo_driver)
    await mongo.drop(f"{settings.database_prefix}programmes")
    await mongo.close()


if __name__ == "__main__":
    main()
