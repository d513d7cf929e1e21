"""Which real servers tests run on: containers where a Docker engine has the images, else child processes.

They start once a run, whatever the number of workers (pytest-xdist). Each worker has a NATS account of its own, and
so its own streams and subjects under the usual names; in MongoDB each test has its own prefix of databases.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deploy.embedded import Servers
from deploy.embedded.mongo import OPTIONS, REPLICA_SET, writable

NATS_IMAGE, MONGO_IMAGE = "nats:2.12-alpine", "mongo:8.0"
_NATS_CONFIG = 'listen: "0.0.0.0:4222"\nmax_payload: 4MB\njetstream { store_dir: "/data", sync_interval: always }\n'
ALONE = "alone"
"""The account of a run without workers."""
_MEMORY = Path("/dev/shm")
_ROOM = 4_000_000_000
_SPARE = 30
"""Workers that may crash: each is replaced by one with a new name, which needs an account, too."""


@dataclass(frozen=True)
class Addresses:
    """Where the servers of this test run are, for one worker."""

    nats_url: str
    mongo_url: str

    def of(self, worker: str) -> "Addresses":
        """Return the same servers for another worker."""
        host = self.nats_url.rpartition("@")[2].removeprefix("nats://")
        return Addresses(f"nats://{worker}:{worker}@{host}", self.mongo_url)


@cache
def docker_answers() -> bool:
    """Tell whether a Docker engine answers and has both images; KINDRED_TEST_SERVERS=embedded passes it over."""
    if os.environ.get("KINDRED_TEST_SERVERS") == "embedded":
        return False
    try:
        command = ["docker", "image", "inspect", NATS_IMAGE, MONGO_IMAGE]
        return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def which() -> str:
    """Say in words which servers are used."""
    if docker_answers():
        return f"testcontainers ({NATS_IMAGE}, {MONGO_IMAGE})"
    return "embedded nats-server and mongod (a Docker engine with the images is not used)"


@contextmanager
def running(workers: int = 0) -> Iterator[Addresses]:
    """Run both servers for a whole test run with so many workers; their addresses are those of a run without any."""
    names = [ALONE, *(f"gw{number}" for number in range(workers + _SPARE if workers else 0))]
    accounts = _accounts(names)
    with tempfile.TemporaryDirectory(prefix="kindred-tests-", ignore_cleanup_errors=True, dir=_quick()) as folder:
        chosen = _containers(Path(folder), accounts) if docker_answers() else _embedded(Path(folder), accounts)
        with chosen as addresses:
            yield addresses.of(ALONE)


def _quick() -> Path | None:
    """Return a folder in memory where there is room: servers sync each write, and tests do not survive a power cut."""
    if not _MEMORY.is_dir() or not os.access(_MEMORY, os.W_OK):
        return None
    available = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return _MEMORY if min(shutil.disk_usage(_MEMORY).free, available) > _ROOM else None


def _accounts(names: list[str]) -> str:
    lines = [f"  {name} {{ jetstream: enabled, users: [{{user: {name}, password: {name}}}] }}" for name in names]
    return "\n".join(["accounts {", *lines, "}", ""])


@contextmanager
def _embedded(folder: Path, accounts: str) -> Iterator[Addresses]:
    with Servers(folder, nats_config=accounts) as servers:
        yield Addresses(servers.nats.url, servers.mongo.url)


@contextmanager
def _containers(folder: Path, accounts: str) -> Iterator[Addresses]:
    from testcontainers.core.config import testcontainers_config  # only where an engine answers
    from testcontainers.core.container import DockerContainer

    testcontainers_config.ryuk_disabled = True  # its image would have to be fetched; `with` removes the containers
    config = folder / "nats.conf"
    config.write_text(_NATS_CONFIG + accounts, encoding="utf-8")
    nats = DockerContainer(NATS_IMAGE).with_exposed_ports(4222).with_command("-c /etc/kindred.conf")
    nats = nats.with_volume_mapping(str(config), "/etc/kindred.conf", "ro").with_tmpfs_mount("/data")
    mongo = DockerContainer(MONGO_IMAGE).with_exposed_ports(27017)
    options = f"--replSet {REPLICA_SET} --bind_ip_all --wiredTigerCacheSizeGB 0.5 {' '.join(OPTIONS)}"
    mongo = mongo.with_command(options).with_tmpfs_mount("/data/db")
    with nats, mongo:
        host = mongo.get_container_host_ip()
        mongo_port = int(mongo.get_exposed_port(27017))
        writable(f"mongodb://{host}:{mongo_port}/?directConnection=true", "127.0.0.1:27017")
        yield Addresses(
            f"nats://{nats.get_container_host_ip()}:{nats.get_exposed_port(4222)}",
            f"mongodb://{host}:{mongo_port}/?directConnection=true",
        )
