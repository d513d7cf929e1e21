"""A command starts a process: it must not load what only services need, nor make ready what it does not use."""

import subprocess
import sys
from importlib import import_module

import pytest

from kindred.cli.commands import ALONE

HEAVY = ("faststream", "numba", "prometheus_client", "pymongo", "structlog")
FOR_ASKING = ("nats", "pydantic", "dns", *HEAVY)


def loaded(script: str, names: tuple[str, ...]) -> list[str]:
    """Which of these packages a process of its own has loaded after a script."""
    asked = f"{script}\nimport sys\nprint(*(name for name in {names} if name in sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return done.stderr.split()


def test_a_command_loads_nothing_that_only_services_need():
    assert loaded("import kindred.cli.app, shared.bus.client; kindred.cli.app.built('cohorts')", HEAVY) == []


def test_the_list_of_commands_loads_nothing_that_asks():
    assert loaded("import kindred.cli.app; kindred.cli.app.main(['--help'])", FOR_ASKING) == []


def test_messages_are_made_ready_when_they_are_first_used():
    script = (
        "import kindred.cli.input.lookup; from shared.commands.base import Command, Query; from shared.events.base "
        "import Event; every = lambda kind: [kind, *(one for sub in kind.__subclasses__() for one in every(sub))]; "
        "ready = [one for kind in (Command, Query, Event) for one in every(kind) if one.__pydantic_complete__]; "
        "import sys; print(*(one.__name__ for one in ready), file=sys.stderr)"
    )
    assert loaded(script, ()) == []


@pytest.mark.parametrize("name", ALONE)
def test_the_list_says_of_a_command_what_its_own_help_says(name):
    where, line = ALONE[name]
    assert getattr(import_module(f"kindred.cli.{where}"), name).__doc__ == line
