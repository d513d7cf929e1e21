"""Child processes of a stack: started, waited for, told apart when they die, ended in good order or by force."""

from pathlib import Path

import pytest

from kindred.running.processes import Child
from shared.errors import Permanent
from tests.waiting import until_now


@pytest.fixture
def child(tmp_path):
    started = []

    def begin(code):
        one = Child("thing", ["-c", code], {"THING": "from the stack"}, tmp_path / "logs" / "thing.log")
        started.append(one)
        one.start()
        return one

    yield begin
    for one in started:
        one.stop(1)


def test_a_child_has_its_settings_and_writes_to_its_log(child) -> None:
    one = child("import os, time; print('I am', os.environ['THING'], flush=True); time.sleep(60)")
    one.wait(lambda: one.log.read_text(encoding="utf-8") != "")
    assert one.log.read_text(encoding="utf-8") == "I am from the stack\n"
    assert one.alive()


def test_one_that_dies_while_starting_is_named_with_its_last_words(child) -> None:
    one = child("import sys; sys.exit('no port left')")
    with pytest.raises(Permanent) as failed:
        one.wait(lambda: False)
    assert failed.value.sentence == f"thing ended while starting. Its log {one.log} ends: no port left"


def test_one_that_is_never_ready_is_named_after_its_time(child) -> None:
    one = child("import time; time.sleep(60)")
    with pytest.raises(Permanent, match=r"^thing was not ready within 0 s\. Its log .* ends: \(nothing\)$"):
        one.wait(lambda: False, seconds=0.2)
    assert one.alive()


def test_it_is_asked_to_end_and_ends(child, tmp_path: Path) -> None:
    code = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: (print('in good order', flush=True), sys.exit(0)))\n"
        "print('ready', flush=True)\ntime.sleep(60)"
    )
    one = child(code)
    one.wait(lambda: "ready" in one.log.read_text(encoding="utf-8"))
    one.stop()
    assert one.log.read_text(encoding="utf-8") == "ready\nin good order\n"
    assert (one.alive(), one.pid) == (False, 0)
    one.stop()


def test_one_that_will_not_end_is_killed_with_all_it_started(child) -> None:
    code = (
        "import signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "other = subprocess.Popen(['sleep', '60'])\nprint(other.pid, flush=True)\ntime.sleep(60)"
    )
    one = child(code)
    one.wait(lambda: one.log.read_text(encoding="utf-8").strip() != "")
    other = int(one.log.read_text(encoding="utf-8"))
    one.stop(0.2)
    assert not one.alive()
    until_now(lambda: not running(other), "until what it started is gone, too")


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
