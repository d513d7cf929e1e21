"""A command starts a process: it must not load what only services need, nor make ready what it does not use."""

import subprocess
import sys
from importlib import import_module

import pytest

from kindred.cli.commands import ALONE

HEAVY = ("faststream", "numba", "opentelemetry", "prometheus_client", "pymongo", "structlog", "yaml")
FOR_ASKING = ("nats", "pydantic", "dns", *HEAVY)


def loaded(script: str, names: tuple[str, ...]) -> list[str]:
    """Which of these packages a process of its own has loaded after a script."""
    asked = f"{script}\nimport sys\nprint(*(name for name in {names} if name in sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return done.stderr.split()


MODULES = 480
"""Most modules of Python, libraries and Kindred that a command loads which asks the services something."""
ASKED = {
    "programmes": {"programme_states", "programmes", "programmes_queries", "template_upgrades"},
    "cohorts": {"matching", "programmes", "programmes_queries"},
    "mails": {"notifications", "notifications_held", "previews"},
    "tasks": {"tasks"},
}
"""Groups of commands, and which commands and queries they load before one is run: those that they send."""


def test_a_command_loads_nothing_that_only_services_need():
    asking = "from shared.bus import wire; wire.request_headers('key', 'coordinator')"
    assert loaded(f"import kindred.cli.app, shared.bus.client; kindred.cli.app.built('cohorts'); {asking}", HEAVY) == []


@pytest.mark.parametrize(("group", "sent"), ASKED.items())
def test_a_command_loads_what_it_sends_and_little_else(group, sent):
    script = (
        f"import sys, shared.bus.client, shared.settings, kindred.cli.app; kindred.cli.app.built({group!r})\n"
        "of = 'shared.commands.'; names = [name.removeprefix(of) for name in sys.modules if name.startswith(of)]\n"
        "print(len(sys.modules), *names, file=sys.stderr)"
    )
    modules, *messages = loaded(script, ())
    assert set(messages) - {"base"} == sent
    assert int(modules) <= MODULES


def test_the_list_of_commands_loads_nothing_that_asks():
    assert loaded("import kindred.cli.app; kindred.cli.app.main(['--help'])", FOR_ASKING) == []


def test_messages_are_made_ready_when_they_are_first_used():
    script = (
        "import importlib, pkgutil, sys, pydantic, shared.commands, shared.events, shared.template\n"
        "for package in (shared.commands, shared.events, shared.template):\n"
        "    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        importlib.import_module(module.name)\n"
        "every = lambda kind: [kind, *(one for sub in kind.__subclasses__() for one in every(sub))]\n"
        "ready = {one.__name__ for one in every(pydantic.BaseModel) if one.__module__.startswith('shared.') "
        "and one.__pydantic_complete__}\n"
        "print(*ready, file=sys.stderr)"
    )
    assert loaded(script, ()) == []


@pytest.mark.parametrize("name", ALONE)
def test_the_list_says_of_a_command_what_its_own_help_says(name):
    where, line = ALONE[name]
    assert getattr(import_module(f"kindred.cli.{where}"), name).__doc__ == line
