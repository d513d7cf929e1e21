"""What this machine must offer before anything is started; each lack is a sentence."""

import importlib.util
import platform
import shutil
import socket
import sys
from pathlib import Path

from shared.errors import Permanent

LEAST_DISK = 2_000_000_000
_PLATFORMS = {("linux", "x86_64"), ("darwin", "arm64")}


def check_services() -> None:
    """Raise Permanent where this installation has no services to start, as a wheel or the image `cli` has none."""
    if importlib.util.find_spec("services") is None:
        raise Permanent(
            "This installation is the command line only. To start Kindred use a checkout of its repository: "
            "`make demo` and `kindred services up`, or `docker compose up --build --wait`."
        )


def check_platform() -> None:
    """Raise Permanent where the mongod that comes along does not run and there is no other."""
    if (sys.platform, platform.machine()) not in _PLATFORMS and shutil.which("mongod") is None:
        here = f"{platform.system()} on {platform.machine()}"
        raise Permanent(
            f"The mongod that comes along runs on Linux x86-64 and on Macs with Apple chips; this is {here}. Put "
            "mongod 6 or later on PATH, or use Docker: `docker compose up --build --wait`."
        )


def check_disk(folder: Path, least: int = LEAST_DISK) -> None:
    """Raise Permanent where too little room is left below `folder`."""
    existing = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    if free < least:
        raise Permanent(
            f"Only {free / 1e9:.1f} GB are free at {existing}; {least / 1e9:.0f} GB are needed. Make room, or name "
            "another place with KINDRED_FOLDER."
        )


class HeldPort:
    """A TCP port of the loopback, reserved until it is released; a server of the stack may listen on it.

    A bound socket that does not listen keeps Linux from handing the port to another program, yet lets a server that
    sets SO_REUSEADDR, as all of ours do, bind it. Other systems would refuse that server too: there it is not held.
    """

    def __init__(self, number: int = 0) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind(("127.0.0.1", number))
        except OSError:
            self.release()
            raise
        self.number: int = self._socket.getsockname()[1]
        if sys.platform != "linux":
            self.release()

    def release(self) -> None:
        """Release it. A server that listens on it is not affected."""
        self._socket.close()


def port(given: int | None, what: str) -> HeldPort:
    """The given port if it is free (else Permanent), or any free one."""
    try:
        return HeldPort(given or 0)
    except OSError:
        raise Permanent(
            f"Port {given} for {what} is in use by another program. Choose another, or name none to get a free one."
        ) from None
