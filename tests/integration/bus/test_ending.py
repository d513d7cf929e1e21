"""A service asked to end does so, also while it waits for servers that are not there."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shared.bus.application import GRACE

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("absent", ["nats", "both"])
def test_it_ends_while_it_waits_for_a_server(absent, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        free_port = nobody.getsockname()[1]
    nowhere = {"KINDRED_NATS_URL": f"nats://127.0.0.1:{free_port}"}
    mongo = f"mongodb://127.0.0.1:{free_port}/?replicaSet=kindred" if absent == "both" else settings.mongo_url
    process = subprocess.Popen(
        [sys.executable, "-m", "services.matching.app"],
        cwd=ROOT,
        env={**os.environ, **nowhere, "KINDRED_MONGO_URL": mongo},
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(6)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.wait(GRACE + 5)
    finally:
        process.kill()
        process.wait()
