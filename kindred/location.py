"""Where a Kindred started on this machine keeps its files, and how a command finds it by itself.

Each stack that runs leaves its settings in `.kindred/running/` of the checkout, so a command finds it from any folder.
Where several run, commands go to the one that was started first; each is reached by `KINDRED_FOLDER`, its own folder.
"""

import json
import os
import time
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

_RUNNING = "running"
_CHECKOUT = Path(__file__).resolve().parents[1]


def _folder() -> Path:
    """The folder named in the environment, the checkout's, or, for an installed wheel, the current one's."""
    named = os.environ.get("KINDRED_FOLDER")
    if named:
        return Path(named).absolute()
    return (_CHECKOUT if (_CHECKOUT / "Makefile").exists() else Path.cwd()) / ".kindred"


FOLDER = _folder()


@dataclass(frozen=True)
class Running:
    """A stack that runs: the process that started it and when, its own folder, the settings of its servers."""

    started: float
    pid: int
    folder: Path
    settings: dict[str, str]


def announce(settings: dict[str, str], own: Path, folder: Path = FOLDER) -> None:
    """Leave the settings of the servers that this process has started, in their own folder and in the common one."""
    said = {"started": time.time(), "pid": os.getpid(), "folder": str(own), "settings": settings}
    for place in dict.fromkeys((own, folder)):
        notes = place / _RUNNING
        notes.mkdir(parents=True, exist_ok=True)
        for note in notes.glob("*.json"):
            if _read(note) is None:
                note.unlink(missing_ok=True)
        (notes / f"{os.getpid()}.json").write_text(json.dumps(said, indent=2), encoding="utf-8")


def retract(own: Path, folder: Path = FOLDER) -> None:
    """Take them away again; those of other stacks stay."""
    for place in (own, folder):
        (place / _RUNNING / f"{os.getpid()}.json").unlink(missing_ok=True)


def running(folder: Path = FOLDER) -> list[Running]:
    """The stacks that run, in the order they were started."""
    found = [_read(note) for note in (folder / _RUNNING).glob("*.json")]
    return sorted((each for each in found if each is not None), key=lambda each: each.started)


def adopt(environment: MutableMapping[str, str], folder: Path = FOLDER) -> None:
    """Use the settings of the stack that was started first, where the environment names no NATS server."""
    if "KINDRED_NATS_URL" in environment or "KINDRED_NATS_URL_FILE" in environment:
        return
    for found in running(folder)[:1]:
        for name, value in found.settings.items():
            environment.setdefault(name, value)


def place(environment: Mapping[str, str], folder: Path = FOLDER) -> str:
    """Return which Kindred commands go to: the folder of a stack on this machine, or the address of its NATS server."""
    url = environment.get("KINDRED_NATS_URL", "")
    here = (found for found in running(folder) if found.settings.get("KINDRED_NATS_URL") == url)
    return next((str(found.folder) for found in here), url or "default")


def lives(pid: int) -> bool:
    """Tell whether a process of this user runs."""
    try:
        os.kill(pid, 0)
    except (OSError, OverflowError):
        return False
    return True


def _read(note: Path) -> Running | None:
    """What a note says, unless the process that wrote it is gone."""
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
        found = Running(float(said["started"]), int(said["pid"]), Path(said["folder"]), dict(said["settings"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if lives(found.pid) else None
