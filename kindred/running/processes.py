"""One child process with its log in a file. It ends with its parent, however that ends."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.embedded.process import Progress, end_with_parent, log_size, tenths_used
from shared.errors import Permanent

SILENT = "it does not answer yet"
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

    def wait(self, missing: Callable[[], str], still: float = 60.0, longest: float = 900.0) -> None:
        """Wait until nothing is ``missing``, which says what is; raises Permanent when it dies or gets no further.

        On a busy machine a start takes minutes. It goes on while something changes: what is missing, the log, or the
        processor time of one that does not answer yet. ``still``: seconds without a change; ``longest``: in all.
        """
        progress = Progress(still, longest)
        while said := missing():
            if not self.alive():
                raise Permanent(f"{self.name} ended while starting. {self.last_words()}")
            if progress.ended((said, log_size(self.log), tenths_used(self.pid) if said == SILENT else 0)):
                raise Permanent(f"{self.name} is not ready after {progress.seconds:.0f} s: {said}. {self.last_words()}")
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


def not_ready(url: str) -> str:
    """Return what a service's health page says is missing, "" when nothing is; `SILENT` when nothing is answered."""
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - addresses of our own children
            return ""
    except urllib.error.HTTPError as error:
        with error:
            said = json.loads(error.read())
        return "; ".join(said.get("problems", [])) or f"it answers {error.code}"
    except OSError:
        return SILENT
