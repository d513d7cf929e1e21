"""Names of settings in the environment: a variable that looks like one and that nothing reads is told.

`setting_names.txt` names every setting of every service and tool. It is generated, so that a process that knows only
its own settings can tell a name that another one reads from a name that nobody does.
"""

import difflib
import re
from collections.abc import Mapping, MutableMapping
from functools import cache
from pathlib import Path

PREFIX = "KINDRED_"
FROM_FILE = "_FILE"
COMPOSE = "KINDRED_COMPOSE"
"""Names the compose file in the container of the command line, which is given all that stands in `.env`."""
COMMANDS = frozenset(
    {COMPOSE, "KINDRED_PROGRAMME", "KINDRED_COORDINATOR_NAME", "KINDRED_COORDINATOR_EMAIL", "KINDRED_FOLDER",
     "KINDRED_DEBUG"}
)  # fmt: skip
"""What commands read beside the settings."""
LISTED = Path(__file__).with_suffix(".txt")
NEAR = 0.75


def unknown(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence for each ``KINDRED_`` variable that nothing reads, with the nearest name there is."""
    beside = set(_beside(environment))
    nobody = [name for name in _ours(environment) if name not in beside and not _is(name)]
    said = {name: f"{name} is set, but Kindred has no setting of that name." for name in nobody}
    said |= {name: f"{name} stands in .env, but docker-compose.yml hands it to no container." for name in beside}
    return tuple(f"{said[name]} {_meant(name)}" for name in sorted(said))


def leave_out(environment: MutableMapping[str, str]) -> None:
    """Take out what stands in `.env` and reaches no service: it must not hold for the command line alone."""
    for name in _beside(environment):
        del environment[name]


@cache
def known() -> frozenset[str]:
    """Every name that a service, the command line or a tool reads."""
    return frozenset(LISTED.read_text(encoding="utf-8").split())


def _ours(environment: Mapping[str, str]) -> list[str]:
    return [name for name in environment if name.upper().startswith(PREFIX)]


def _beside(environment: Mapping[str, str]) -> list[str]:
    """Names that the compose file does not hold, where there is one."""
    compose = environment.get(COMPOSE)
    if not compose:
        return []
    handed = set(re.findall(r"KINDRED_[A-Z_]+", Path(compose).read_text(encoding="utf-8")))
    return [name for name in _ours(environment) if name not in handed | COMMANDS]


def _is(name: str) -> bool:
    """A setting may be written in small letters, too (pydantic-settings); ``_FILE`` after it may not."""
    return name.upper() in known() or name.removesuffix(FROM_FILE) in known()


def _meant(name: str) -> str:
    whole = name.upper()
    stem, file = whole.removesuffix(FROM_FILE), FROM_FILE if whole.endswith(FROM_FILE) else ""
    stems = [one.removeprefix(PREFIX) for one in known()]
    found = difflib.get_close_matches(stem.removeprefix(PREFIX), stems, n=1, cutoff=NEAR)
    meant = f"{PREFIX}{found[0]}{file}" if found else name
    return f"Did you mean {meant}?" if meant != name else "docs/settings.md and docs/operating.md say what may be set."
