"""Starts again the containers of this Compose project that the engine calls unhealthy, such as frozen ones.

A process that hangs ends itself (``shared/bus/watchdog.py``); one that is frozen cannot. Docker does not restart a
container for being unhealthy, so this does, through the engine's socket (API 1.41, `docker compose --profile heal`).
"""

import http.client
import json
import socket
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

SOCKET = "/var/run/docker.sock"
EVERY = 15.0
BEAT = Path("/tmp/beat")  # noqa: S108 - a tmpfs of this container alone
PROJECT = "com.docker.compose.project"


class Engine(http.client.HTTPConnection):
    """The Docker engine behind its socket."""

    def connect(self) -> None:
        """Connect to the socket instead of a host."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(SOCKET)


def ask(method: str, path: str) -> Any:
    """Ask the engine; return its JSON, None where it gives none. Raises OSError with what it refused."""
    engine = Engine("docker")
    try:
        engine.request(method, f"/v1.41{path}")
        answer = engine.getresponse()
        body = answer.read()
        if answer.status >= 300 and answer.status != 304:
            raise OSError(f"{method} {path}: {answer.status} {body.decode(errors='replace')[:200]}")
        return json.loads(body) if body else None
    finally:
        engine.close()


def unhealthy(project: str) -> list[dict[str, Any]]:
    """The project's containers that failed their health check so often that the engine gave them up."""
    filters = {"label": [f"{PROJECT}={project}"], "health": ["unhealthy"]}
    found: list[dict[str, Any]] = ask("GET", f"/containers/json?filters={quote(json.dumps(filters))}")
    return found


def heal(container: dict[str, Any]) -> None:
    """Start one again; a frozen one is thawed first, which alone lets the engine end it."""
    name = container["Names"][0].lstrip("/")
    if container["State"] == "paused":
        ask("POST", f"/containers/{container['Id']}/unpause")
    ask("POST", f"/containers/{container['Id']}/restart?t=10")
    print(json.dumps({"event": "restarted", "container": name, "was": container["State"]}), flush=True)


def main() -> None:
    """Look every fifteen seconds, for ever."""
    own = ask("GET", f"/containers/{socket.gethostname()}/json")
    project = own["Config"]["Labels"][PROJECT]
    while True:
        try:
            for container in unhealthy(project):
                heal(container)
            BEAT.touch()
        except OSError as error:
            print(json.dumps({"event": "heal_failed", "error": str(error)}), flush=True)
        time.sleep(EVERY)


if __name__ == "__main__":
    if "--alive" in sys.argv:
        sys.exit(time.time() - BEAT.stat().st_mtime > 4 * EVERY)
    main()
