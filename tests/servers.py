"""Which real servers tests run on: containers where a Docker engine has the images, else child processes."""

import os
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


@dataclass(frozen=True)
class Addresses:
    """Where the servers of this test run are."""

    nats_url: str
    mongo_url: str


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
def running() -> Iterator[Addresses]:
    """Run both servers for a whole test session."""
    with tempfile.TemporaryDirectory(prefix="kindred-tests-", ignore_cleanup_errors=True) as folder:
        chosen = _containers(Path(folder)) if docker_answers() else _embedded(Path(folder))
        with chosen as addresses:
            yield addresses


@contextmanager
def _embedded(folder: Path) -> Iterator[Addresses]:
    with Servers(folder) as servers:
        yield Addresses(servers.nats.url, servers.mongo.url)


@contextmanager
def _containers(folder: Path) -> Iterator[Addresses]:
    from testcontainers.core.config import testcontainers_config  # only where an engine answers
    from testcontainers.core.container import DockerContainer

    testcontainers_config.ryuk_disabled = True  # its image would have to be fetched; `with` removes the containers
    config = folder / "nats.conf"
    config.write_text(_NATS_CONFIG)
    nats = DockerContainer(NATS_IMAGE).with_exposed_ports(4222).with_command("-c /etc/kindred.conf")
    nats = nats.with_volume_mapping(str(config), "/etc/kindred.conf", "ro")
    mongo = DockerContainer(MONGO_IMAGE).with_exposed_ports(27017)
    options = f"--replSet {REPLICA_SET} --bind_ip_all --wiredTigerCacheSizeGB 0.5 {' '.join(OPTIONS)}"
    mongo = mongo.with_command(options)
    with nats, mongo:
        host = mongo.get_container_host_ip()
        mongo_port = int(mongo.get_exposed_port(27017))
        writable(f"mongodb://{host}:{mongo_port}/?directConnection=true", "127.0.0.1:27017")
        yield Addresses(
            f"nats://{nats.get_container_host_ip()}:{nats.get_exposed_port(4222)}",
            f"mongodb://{host}:{mongo_port}/?directConnection=true",
        )
