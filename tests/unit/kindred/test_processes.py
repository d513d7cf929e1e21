"""Child processes of a stack: started, waited for, told apart when they die, ended in good order or by force."""

import time
from pathlib import Path

import pytest

from deploy.embedded.process import tenths_used
from kindred.running.processes import SILENT, Child, not_ready
from shared.bus.health.readiness import Health
from shared.bus.health.server import serve
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
    one.wait(lambda: "" if one.log.read_text(encoding="utf-8") else "a line")
    assert one.log.read_text(encoding="utf-8") == "I am from the stack\n"
    assert one.alive()


def test_one_that_dies_while_starting_is_named_with_its_last_words(child) -> None:
    one = child("import sys; sys.exit('no port left')")
    with pytest.raises(Permanent) as failed:
        one.wait(lambda: "its first line")
    assert failed.value.sentence == f"thing ended while starting. Its log {one.log} ends: no port left"


def test_one_that_gets_no_further_is_named_with_what_it_waits_for(child) -> None:
    one = child("import time; time.sleep(60)")
    said = r"^thing is not ready after 0 s: MongoDB cannot be reached\. Its log .* ends: \(nothing\)$"
    with pytest.raises(Permanent, match=said):
        one.wait(lambda: "MongoDB cannot be reached", still=0.2)
    assert one.alive()


def test_one_that_gets_further_is_waited_for_and_not_for_ever(child) -> None:
    one = child("import time; time.sleep(60)")
    steps = iter(range(6))
    one.wait(lambda: f"step {step}" if (step := next(steps)) < 5 else "", still=0.05)
    with pytest.raises(Permanent, match="not ready after 0 s: step"):
        one.wait(lambda: f"step {time.monotonic()}", still=60, longest=0.2)


def test_one_that_works_and_does_not_answer_yet_is_waited_for(child) -> None:
    one = child("while True: pass")
    until_now(lambda: tenths_used(one.pid) > 9, "until it has used a second")
    idle = child("import time; time.sleep(60)")
    until_now(idle.alive, "until the other one runs")
    assert tenths_used(one.pid) > tenths_used(idle.pid)


@pytest.mark.parametrize(
    ("problems", "said"), [([], ""), (["MongoDB cannot be reached", "NATS is not connected"],
                                      "MongoDB cannot be reached; NATS is not connected")],
)  # fmt: skip
def test_what_a_service_lacks_is_what_its_readiness_says(problems, said) -> None:
    page = serve(Health(problems=problems, checked=time.monotonic()), "127.0.0.1", 0)
    try:
        assert not_ready(f"http://127.0.0.1:{page.server_port}/readyz") == said
    finally:
        page.shutdown()
        page.server_close()
    assert not_ready(f"http://127.0.0.1:{page.server_port}/readyz") == SILENT


def test_it_is_asked_to_end_and_ends(child, tmp_path: Path) -> None:
    code = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: (print('in good order', flush=True), sys.exit(0)))\n"
        "print('ready', flush=True)\ntime.sleep(60)"
    )
    one = child(code)
    one.wait(lambda: "" if "ready" in one.log.read_text(encoding="utf-8") else "the word")
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
    one.wait(lambda: "" if one.log.read_text(encoding="utf-8").strip() else "a line")
    other = int(one.log.read_text(encoding="utf-8"))
    one.stop(0.2)
    assert not one.alive()
    until_now(lambda: not running(other), "until what it started is gone, too")


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
