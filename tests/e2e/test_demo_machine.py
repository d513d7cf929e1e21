"""The demo on a real machine: what is in its way is a sentence, and nothing is left behind however it ends."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.waiting import patience, until_now
from tests.workers import STACKS

pytestmark = STACKS
ROOT = Path(__file__).parents[2]
Start = Callable[..., subprocess.Popen[str]]


def of_this_demo(folder: Path) -> dict[int, str]:
    """Command lines of processes, by id, that mention the demo's folder, or whose environment does."""
    found = {}
    for process in Path("/proc").iterdir():
        if not process.name.isdigit() or int(process.name) == os.getpid():
            continue
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            settings = (process / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if line and (str(folder) in line or str(folder.parent) in settings):
            found[int(process.name)] = line
    return found


def as_in_a_terminal() -> None:
    """A shell's background ignores SIGINT, and its children inherit that: Ctrl-C would then end nothing."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "demo"
    left = of_this_demo(tmp_path / "demo")
    for process in left:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    until_now(lambda: not of_this_demo(tmp_path / "demo"), "until what was left of the demo has ended")
    assert left == {}


@pytest.fixture
def start(folder: Path) -> Start:
    """Start a demo; what is left of it when its test is over is ended with the folder's fixture."""

    def begin(*words: str) -> subprocess.Popen[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("KINDRED_")}
        return subprocess.Popen(
            [sys.executable, "-m", "kindred", "demo", "--folder", str(folder), *words],
            cwd=ROOT,
            env={**clean, "KINDRED_FOLDER": str(folder.parent), "UNDER_TEST": str(folder.parent)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            preexec_fn=as_in_a_terminal,  # noqa: PLW1509 - one call, before any thread of the test's
        )

    return begin


def wait_until_serving(demo: subprocess.Popen[str]) -> None:
    assert demo.stdout is not None
    for line in demo.stdout:
        if "September" in line:
            return
    raise AssertionError(f"the demo ended with {demo.wait()} before it began")


def test_no_process_is_left_when_it_is_interrupted(start: Start, folder: Path) -> None:
    demo = start("--schools", "6")
    wait_until_serving(demo)
    assert len(of_this_demo(folder)) >= 9
    demo.send_signal(signal.SIGINT)
    assert demo.wait(patience()) == 130
    assert of_this_demo(folder) == {}


def test_no_process_is_left_when_it_is_ended_while_it_starts(start: Start, folder: Path) -> None:
    demo = start("--schools", "6")
    until_now(lambda: len(of_this_demo(folder)) >= 4, "until servers and the first service start", seconds=60)
    demo.terminate()
    assert demo.wait(patience()) == 130
    until_now(lambda: of_this_demo(folder) == {}, "until the server that began at that moment has ended with the demo")


def test_no_process_is_left_when_it_is_killed(start: Start, folder: Path) -> None:
    demo = start("--schools", "6")
    wait_until_serving(demo)
    demo.kill()
    demo.wait(patience(10))
    until_now(lambda: not of_this_demo(folder), "until every process has noticed", seconds=60)


def test_a_port_in_use_is_a_sentence(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = start("--portal-port", str(port))
        said, _ = demo.communicate(timeout=patience())
    assert demo.returncode == 2
    assert f"Port {port} for the portal is in use by another program." in " ".join(said.split())
    assert "Traceback" not in said
