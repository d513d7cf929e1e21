"""A run on several workers (pytest-xdist): servers for all, files kept together, what starts stacks kept apart."""

from contextlib import ExitStack
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController, parse_tx_spec_config

from tests import servers
from tests.servers import Addresses

STACKS = pytest.mark.stacks
"""Marks tests that start whole stacks or measure time. Files that name it run one after the other, on one worker."""
WHOLE_YEAR = pytest.mark.whole_year
"""Marks what plays a whole year: as long as all other stacks together, most of it spent waiting for services."""
UNTRACED = pytest.mark.no_cover
"""Marks tests that compute for long: `make coverage` does not trace their lines, which would take twice as long."""
_ROOT = Path(__file__).parents[1]
LONGEST = ("WHOLE_YEAR", "STACKS")
"""What is handed out first, so that no worker ends alone with it."""
_servers = pytest.StashKey[ExitStack]()
_addresses = pytest.StashKey[Addresses]()


class ByFile(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Hands out whole files, so that a module's fixtures are made once, all stacks together, in collected order.

    The groups of `--dist loadgroup` are not used: pytest 9.2 ignores, without a word, how xdist 3.8 marks them.
    """

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)


@cache
def _text(file: str) -> str:
    return (_ROOT / file).read_text(encoding="utf-8")


def unit(nodeid: str) -> str:
    """Return what a test is handed out with: its file, or all files that name WHOLE_YEAR, or STACKS."""
    file = nodeid.partition("::")[0]
    return next((name.lower() for name in LONGEST if name in _text(file)), file)


def scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Return ours, in the order of collection: xdist would begin with the files of many, and so of quick, tests."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def configure(node: WorkerController) -> None:
    """Start the servers with the first worker, and tell each where they are."""
    config = node.config
    if _servers not in config.stash:
        config.stash[_servers] = ExitStack()
        running = servers.running(len(parse_tx_spec_config(config)))
        config.stash[_addresses] = config.stash[_servers].enter_context(running)
    node.workerinput["addresses"] = asdict(config.stash[_addresses].of(node.gateway.id))


def over(config: pytest.Config) -> None:
    """End the servers that were started for workers."""
    if _servers in config.stash:
        config.stash[_servers].close()


def given(config: pytest.Config) -> Addresses | None:
    """Return where the servers of a worker are; None in a run without workers."""
    told = getattr(config, "workerinput", {}).get("addresses")
    return Addresses(**told) if told else None


def longest_first(items: list[pytest.Item]) -> None:
    """Begin with the year and with what starts stacks."""
    first = [name.lower() for name in LONGEST]
    items.sort(key=lambda item: first.index(unit(item.nodeid)) if unit(item.nodeid) in first else len(first))
