"""A service asked to end does so, also while it waits for servers that are not there."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.embedded.process import free_port
from kindred.running.processes import not_ready
from tests.waiting import until_now

ROOT = Path(__file__).parents[3]
GRACE = 1.0
"""Instead of eight seconds."""
CODE = f"""
import runpy, shared.bus.application
shared.bus.application.GRACE = {GRACE}
runpy.run_module("tests.integration.bus.process", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("absent", ["nats", "both"])
def test_it_ends_while_it_waits_for_a_server(absent, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        closed = nobody.getsockname()[1]
    health = free_port()
    nowhere = {"KINDRED_NATS_URL": f"nats://127.0.0.1:{closed}", "KINDRED_HEALTH_PORT": str(health)}
    mongo = f"mongodb://127.0.0.1:{closed}/?replicaSet=kindred" if absent == "both" else settings.mongo_url
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, "village"],
        cwd=ROOT,
        env={**os.environ, **nowhere, "KINDRED_MONGO_URL": mongo},
        stderr=subprocess.DEVNULL,
    )
    try:
        until_now(lambda: not not_ready(f"http://127.0.0.1:{health}/livez"), "until it has begun to start")
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.wait(GRACE + 5)
    finally:
        process.kill()
        process.wait()
