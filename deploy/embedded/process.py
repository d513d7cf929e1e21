"""A server as a child process: on a free port, its log in a file, ended with the process that started it."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from shared.errors import Permanent

_PR_SET_PDEATHSIG = 1
_USER_TIME, _SYSTEM_TIME = 11, 12
"""Where both stand in /proc/PID/stat behind the name of the process, in ticks (proc_pid_stat(5))."""


def free_port() -> int:
    """Return a TCP port of this machine that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def answers(port: int) -> bool:
    """Tell whether something listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def end_with_parent() -> None:
    """Ask the kernel (Linux) to end this child when the thread that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def tenths_used(pid: int) -> int:
    """Tenths of a second of the processor that a process has used; 0 where the system has no /proc.

    On a crowded machine a start gets less than a second of it in a minute.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return 10 * (int(fields[_USER_TIME]) + int(fields[_SYSTEM_TIME])) // os.sysconf("SC_CLK_TCK")


def log_size(log: Path) -> int:
    """Bytes that a process has written to its log."""
    return log.stat().st_size if log.exists() else 0


class Progress:
    """Says when to give up on a start: nothing has changed for ``still`` seconds, or it has taken ``longest``.

    On a busy machine a start takes minutes; as long as it gets on, it is waited for.
    """

    def __init__(self, still: float, longest: float) -> None:
        self._still, self._longest = still, longest
        self._began = self._changed = time.monotonic()
        self._seen: object = None

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self._began

    def ended(self, state: object) -> bool:
        """Tell whether to give up; `state` is compared with the one of last time."""
        if state != self._seen:
            self._changed, self._seen = time.monotonic(), state
        return time.monotonic() - self._changed > self._still or self.seconds > self._longest


class ChildProcess:
    """One server process; it can be killed and started again on the same port and data.

    Start it from the main thread, or it ends with the thread that started it.
    """

    def __init__(self, name: str, command: Sequence[str], port: int, log: Path) -> None:
        self.name = name
        self.command = list(command)
        self.port = port
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id, 0 while stopped."""
        return self._process.pid if self._process else 0

    def start(self, ready: Callable[[], bool] | None = None, still: float = 60.0, longest: float = 300.0) -> None:
        """Start it and wait until it answers; raises Permanent with the end of its log when it ends or gets no further.

        It gets further while it writes to its log or uses the processor. ``still``: seconds of neither.
        """
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - one prctl call, which takes no lock
            )
        progress = Progress(still, longest)
        check = ready or (lambda: answers(self.port))
        while not check():
            state = log_size(self.log), tenths_used(self._process.pid)
            if self._process.poll() is not None or progress.ended(state):
                self.kill()
                raise Permanent(f"{self.name} did not start on port {self.port}: {self._last_words()}")
            time.sleep(0.02)

    def stop(self, seconds: float = 10.0) -> None:
        """Stop it with SIGTERM; kill it when that takes too long."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """Freeze it (SIGSTOP)."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen one go on."""
        os.kill(self.pid, signal.SIGCONT)

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace", encoding="utf-8").strip().splitlines()
        return " / ".join(lines[-3:])[-600:] or "it said nothing"
