"""A run ends what its tests left running, and fails for it."""

import os
import subprocess
import sys

import pytest

from tests import leftovers
from tests.waiting import patience


class Session:
    """As much of a session of pytest as is needed."""

    def __init__(self) -> None:
        self.exitstatus = pytest.ExitCode.OK
        self.config = self.pluginmanager = self
        self.said: list[str] = []

    def get_plugin(self, name: str) -> "Session":
        assert name == "terminalreporter"
        return self

    def write_line(self, line: str, **_how: bool) -> None:
        self.said.append(line.strip())


@pytest.fixture
def session(monkeypatch):
    monkeypatch.setenv(leftovers.NAME, f"test-of-leftovers-{os.getpid()}")
    monkeypatch.setattr(leftovers, "PATIENCE", 0.2)
    return Session()


def test_what_is_left_running_is_named_and_ended_and_the_run_fails(session):
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    leftovers.end(session)
    assert left.wait(patience(10)) == -9
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED
    (line,) = session.said
    assert line.startswith(f"Left running by a test, and ended now: {sys.executable} -c")


def test_a_run_that_left_nothing_is_what_it_was(session):
    leftovers.end(session)
    assert (session.exitstatus, session.said) == (pytest.ExitCode.OK, [])
