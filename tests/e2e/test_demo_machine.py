"""The demo on a real machine: what is in its way is a sentence, and nothing is left behind however it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KINDRED_")}
    return subprocess.Popen(
        [sys.executable, "-m", "kindred", "demo", "--folder", str(folder), *words],
        cwd=ROOT,
        env={**clean, "KINDRED_FOLDER": str(folder.parent), "UNDER_TEST": str(folder.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def of_this_demo(folder: Path) -> list[str]:
    """Command lines of processes that mention the demo's folder, or whose environment does."""
    found = []
    for process in Path("/proc").iterdir():
        if not process.name.isdigit() or int(process.name) == os.getpid():
            continue
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            settings = (process / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if line and (str(folder) in line or str(folder.parent) in settings):
            found.append(line)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "demo"
    assert of_this_demo(tmp_path / "demo") == []


def wait_until_serving(demo: subprocess.Popen[str]) -> None:
    assert demo.stdout is not None
    for line in demo.stdout:
        if "September" in line:
            return
    raise AssertionError(f"the demo ended with {demo.wait()} before it began")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_no_process_is_left_when_it_is_interrupted(folder: Path, how: signal.Signals) -> None:
    demo = started(folder, "--schools", "6")
    wait_until_serving(demo)
    assert len(of_this_demo(folder)) >= 9
    demo.send_signal(how)
    assert demo.wait(60) == 130
    assert of_this_demo(folder) == []


def test_no_process_is_left_when_it_is_killed(folder: Path) -> None:
    demo = started(folder, "--schools", "6")
    wait_until_serving(demo)
    demo.kill()
    demo.wait(10)
    give_up = time.monotonic() + 60
    while of_this_demo(folder) and time.monotonic() < give_up:
        time.sleep(0.2)
    assert of_this_demo(folder) == []


def test_a_port_in_use_is_a_sentence(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = started(folder, "--portal-port", str(port))
        said, _ = demo.communicate(timeout=60)
    assert demo.returncode == 2
    assert f"Port {port} for the portal is in use by another program." in " ".join(said.split())
    assert "Traceback" not in said
