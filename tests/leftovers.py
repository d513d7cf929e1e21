"""A run leaves no process behind: what it started bears its mark in the environment, and is looked for at the end."""

import os
import signal
from pathlib import Path
from uuid import uuid4

import pytest

from tests.waiting import until_now

NAME = "UNDER_TEST_RUN"
PATIENCE = 10.0
"""Seconds that what was asked to end may take."""


def marked(mark: str) -> dict[int, str]:
    """Return the command lines by process id of all processes but this one that bear the mark (Linux only)."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue  # it ended meanwhile, or is somebody else's
        if line and mark.encode() in environment and int(process.name) != os.getpid():
            found[int(process.name)] = line
    return found


def begin() -> None:
    """Mark all processes that this run starts."""
    os.environ[NAME] = uuid4().hex


def end(session: pytest.Session) -> None:
    """End what is left, say what it was, and let the run fail for it."""
    mark = os.environ[NAME]
    try:
        until_now(lambda: not marked(mark), "until every process of the run has ended", seconds=PATIENCE, every=0.1)
    except AssertionError:
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        for process, line in marked(mark).items():
            os.kill(process, signal.SIGKILL)
            if reporter is not None:
                reporter.write_line(f"\nLeft running by a test, and ended now: {line[:200]}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
