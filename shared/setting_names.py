"""Names of settings in the environment: a variable that looks like one and that nothing reads is told.

`setting_names.txt` names every setting of every service and tool. It is generated, so that a process that knows only
its own settings can tell a name that another one reads from a name that nobody does.
"""

import difflib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PREFIX = "KINDRED_"
FROM_FILE = "_FILE"
UNREAD = "KINDRED_UNREAD_SETTINGS"
"""Names a file in which docker compose's first step (`deploy/prepare.sh`) says what of `.env` reaches no container."""
LISTED = Path(__file__).with_suffix(".txt")
NEAR = 0.75


def unknown(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence for each ``KINDRED_`` variable that nothing reads, with the nearest name there is."""
    ours = sorted(name for name in environment if name.upper().startswith(PREFIX))
    said = [f"{name} is set, but Kindred has no setting of that name. {_meant(name)}" for name in ours if not _is(name)]
    unread = Path(environment.get(UNREAD) or ".")
    if unread.is_file():
        beside = "stands in .env, but docker-compose.yml hands it to no container."
        said += [f"{name} {beside} {_meant(name)}" for name in unread.read_text(encoding="utf-8").split()]
    return tuple(said)


@cache
def known() -> frozenset[str]:
    """Every name that a service, the command line or a tool reads."""
    return frozenset(LISTED.read_text(encoding="utf-8").split())


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
