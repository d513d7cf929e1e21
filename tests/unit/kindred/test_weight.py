"""A command starts a process: it must not load what only services need."""

import subprocess
import sys

HEAVY = ("faststream", "numba", "prometheus_client", "pymongo", "structlog")


def test_a_command_loads_nothing_that_only_services_need():
    script = (
        "import sys, kindred.cli.app, shared.bus.client; kindred.cli.app.built('cohorts'); "
        f"print(*(name for name in {HEAVY} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
