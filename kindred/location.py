"""Where a Kindred started on this machine keeps its files, and how a command finds it without being told.

`kindred demo` and `kindred services up` leave the settings of what they started in `.kindred/running.json`. A command
whose environment names no server uses those, as long as the process that wrote them lives.
"""

import json
import os
from collections.abc import MutableMapping
from pathlib import Path

FOLDER = Path(os.environ.get("KINDRED_FOLDER", ".kindred"))
_RUNNING = "running.json"


def announce(settings: dict[str, str], folder: Path = FOLDER) -> None:
    """Leave the settings of the servers this process has started."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _RUNNING).write_text(json.dumps({"pid": os.getpid(), "settings": settings}, indent=2))


def retract(folder: Path = FOLDER) -> None:
    """Take them away again."""
    (folder / _RUNNING).unlink(missing_ok=True)


def adopt(environment: MutableMapping[str, str], folder: Path = FOLDER) -> None:
    """Use the settings of a running Kindred where the environment names no NATS server."""
    if "KINDRED_NATS_URL" in environment or "KINDRED_NATS_URL_FILE" in environment:
        return
    try:
        left = json.loads((folder / _RUNNING).read_text())
        os.kill(int(left["pid"]), 0)
    except (OSError, ValueError, KeyError):
        return
    for name, value in left["settings"].items():
        environment.setdefault(name, value)
