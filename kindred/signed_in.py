"""Who has signed in on this machine: a token for each Kindred that commands go to, in the user's config folder.

The file is its user's alone (0600). What stands in it acts for a person until it is over, revoked, or `kindred logout`.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kindred import location
from shared.errors import Rejected

PREFIX = "kindred_"
_PRIVATE = 0o600


@dataclass(frozen=True)
class Kept:
    """What is kept of a sign-in."""

    token: str
    token_id: str
    address: str

    @property
    def key(self) -> str:
        """The hash by which Kindred knows the token."""
        return key_of(self.token)


def fresh() -> str:
    """Draw a token: 256 random bits."""
    return f"{PREFIX}{secrets.token_urlsafe(32)}"


def key_of(token: str) -> str:
    """Return the hash of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def file_in(environment: Mapping[str, str]) -> Path:
    """Return where it is kept: in XDG_CONFIG_HOME, or `~/.config`."""
    folder = environment.get("XDG_CONFIG_HOME") or str(Path("~/.config").expanduser())
    return Path(folder) / "kindred" / "signed-in.json"


def make_room(environment: Mapping[str, str] = os.environ) -> None:
    """Make the folder that a sign-in is kept in; raises Rejected("sign-in-kept") where nothing can be written to it."""
    folder = file_in(environment).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        said = f"A sign-in could not be kept: user {os.getuid()} must be able to write into {folder}"
        hint = " (with docker compose: `mkdir -p exchange && chown 10001 exchange` on the machine)."
        raise Rejected("sign-in-kept", said + hint)


def kept(environment: Mapping[str, str] = os.environ) -> Kept | None:
    """Return the sign-in for the Kindred that commands go to."""
    found = _read(file_in(environment)).get(location.place(environment))
    return Kept(**found) if found else None


def keep(sign_in: Kept, environment: Mapping[str, str] = os.environ) -> Path:
    """Keep it in place of the one before; return the file."""
    file = file_in(environment)
    return _write(file, {**_read(file), location.place(environment): asdict(sign_in)})


def forget(environment: Mapping[str, str] = os.environ) -> None:
    """Keep it no more."""
    file = file_in(environment)
    others = {place: one for place, one in _read(file).items() if place != location.place(environment)}
    if file.exists():
        _write(file, others)


def _read(file: Path) -> dict[str, dict[str, str]]:
    try:
        found: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(file: Path, found: Mapping[str, object]) -> Path:
    """Write it whole or not at all, and never readable for others on the way."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    draft.touch(mode=_PRIVATE)
    draft.chmod(_PRIVATE)
    draft.write_text(json.dumps(found, indent=2), encoding="utf-8")
    draft.replace(file)
    return file
