"""Starts again the containers of this Compose project that no longer answer their health check, such as frozen ones.

A process that hangs ends itself (``shared/bus/health/watchdog.py``); one that is frozen cannot, and Docker restarts no
container for being unhealthy. One that answers and says what it waits for, such as MongoDB, is left alone. The engine
is asked through its socket (API 1.41); `docker compose --profile heal` starts this.
"""

import http.client
import json
import socket
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

SOCKET = "/var/run/docker.sock"
EVERY = 15.0
PATIENCE = timedelta(seconds=90)
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


def silent(project: str) -> list[dict[str, Any]]:
    """The project's containers that have given no health check an answer for 90 seconds."""
    filters = {"label": [f"{PROJECT}={project}"], "status": ["running", "paused"]}
    found: list[dict[str, Any]] = ask("GET", f"/containers/json?filters={quote(json.dumps(filters))}")
    whole = [(one, ask("GET", f"/containers/{one['Id']}/json")["State"]) for one in found]
    return [one for one, state in whole if state.get("Health") and not answered(state, datetime.now(UTC))]


def answered(state: dict[str, Any], now: datetime) -> bool:
    """Whether a health check has been answered lately, even by what is wrong; the engine asks no frozen container."""
    answers = [check for check in state["Health"]["Log"] if check["ExitCode"] == 0 or "HTTP Error" in check["Output"]]
    times = [*(check["End"] for check in answers), state["StartedAt"]]
    return now - max(map(datetime.fromisoformat, times)) < PATIENCE


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
            for container in silent(project):
                heal(container)
            BEAT.touch()
        except OSError as error:
            print(json.dumps({"event": "heal_failed", "error": str(error)}), flush=True)
        time.sleep(EVERY)


if __name__ == "__main__":
    if "--alive" in sys.argv:
        sys.exit(time.time() - BEAT.stat().st_mtime > 4 * EVERY)
    main()
