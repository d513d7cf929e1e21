"""One child process with its log in a file. It ends with its parent, however that ends."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.embedded.process import end_with_parent
from shared.errors import Permanent

ROOT = Path(__file__).parents[2]


class Child:
    """A Python module as a process in its own session, so that Ctrl-C reaches only the parent."""

    def __init__(self, name: str, arguments: Sequence[str], environment: dict[str, str], log: Path) -> None:
        self.name = name
        self.arguments = list(arguments)
        self.environment = environment
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id, 0 while stopped."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start it. `wait` returns when it is ready."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self.arguments],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=ROOT,
                env={**os.environ, **self.environment, "PYTHONPATH": str(ROOT)},
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - one prctl call, before any thread of ours
            )

    def wait(self, ready: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until it is ready; raises Permanent with the end of its log when it dies or takes too long."""
        give_up = time.monotonic() + seconds
        while not ready():
            if not self.alive():
                raise Permanent(f"{self.name} ended while starting. {self.last_words()}")
            if time.monotonic() > give_up:
                raise Permanent(f"{self.name} was not ready within {seconds:.0f} s. {self.last_words()}")
            time.sleep(0.05)

    def alive(self) -> bool:
        """Tell whether it runs."""
        return self._process is not None and self._process.poll() is None

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self.alive():
            os.kill(self.pid, signal.SIGTERM)

    def stop(self, seconds: float = 15.0) -> None:
        """Stop it with SIGTERM; kill it and all it started when that takes too long."""
        if self._process is None:
            return
        self.ask_to_stop()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    def last_words(self) -> str:
        """Where its log is, and the last lines of it."""
        lines = self.log.read_text(errors="replace", encoding="utf-8").strip().splitlines() if self.log.exists() else []
        return f"Its log {self.log} ends: " + (" / ".join(lines[-3:])[-500:] or "(nothing)")


def answers(url: str) -> bool:
    """Tell whether a GET is answered with success."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - addresses of our own children
            return bool(200 <= answer.status < 300)
    except (urllib.error.URLError, OSError):
        return False
