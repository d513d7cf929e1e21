"""Settings every service has, validated at start.

Each comes from ``KINDRED_<NAME>`` in the environment, or, for secrets, from the file that
``KINDRED_<NAME>_FILE`` points at. A service adds its own in ``services/<name>/settings.py``.
"""

import ipaddress
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.setting_names import FROM_FILE, PREFIX

NOT_CONFIGURED = 78
"""Exit code of a process whose settings are wrong (EX_CONFIG of sysexits.h)."""
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_NATS_SCHEMES = frozenset({"nats", "tls", "ws", "wss"})
S = TypeVar("S", bound="Settings")


def secrets_from_files(environment: dict[str, str]) -> dict[str, str]:
    """Return the values of all ``KINDRED_X_FILE`` variables as ``{x: content}``, last line break removed."""
    found: dict[str, str] = {}
    for name, path in environment.items():
        if name.startswith(PREFIX) and name.endswith(FROM_FILE) and path:
            field = name[len(PREFIX) : -len(FROM_FILE)].lower()
            try:
                found[field] = _one_line(name, path, Path(path).read_text(encoding="utf-8-sig").rstrip("\r\n"))
            except OSError as error:
                raise ValueError(f"{name} names {path}, which cannot be read ({error.strerror}).") from None
            except UnicodeDecodeError:
                raise ValueError(f"{name} names {path}, which is no text in UTF-8. Save it anew.") from None
    return found


def _one_line(name: str, path: str, content: str) -> str:
    """Return what a file holds; raises ValueError where that cannot be one secret."""
    if not content:
        raise ValueError(f"{name} names {path}, which is empty. Write the value into it, or take the name away.")
    if content != content.strip() or len(content.splitlines()) > 1:
        raise ValueError(f"{name} names {path}, which must hold one line without blanks around it.")
    return content


def _set_twice(environment: Mapping[str, str], files: Mapping[str, str]) -> str | None:
    """Return a name that is set to one value by itself and to another by its file."""
    by_itself = {name.upper(): value for name, value in environment.items() if value}
    for field, value in files.items():
        name = f"{PREFIX}{field.upper()}"
        if by_itself.get(name, value) != value:
            return name
    return None


def origin_of(value: str) -> str:
    """Return what links begin with; raises ValueError with a sentence where it is more than a scheme and a host."""
    said = "KINDRED_PUBLIC_URL must be a scheme and a host, such as https://kindred.example.org"
    try:
        parts = urlsplit(value.strip().rstrip("/"))
        odd = parts.hostname is None or not _HOST.fullmatch(parts.hostname) or parts.port == 0
    except ValueError:
        raise ValueError(said) from None
    more = parts.path or parts.query or parts.fragment or parts.username
    if parts.scheme not in {"http", "https"} or odd or more:
        raise ValueError(said)
    if parts.scheme == "http" and not _private(parts.hostname or ""):
        raise ValueError("KINDRED_PUBLIC_URL must be https unless it is an address of this machine or network")
    return f"{parts.scheme}://{parts.netloc}"


def _small(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


Origin = Annotated[str, AfterValidator(origin_of)]
"""What links begin with: a scheme and a host."""
SMALL_LETTERS = BeforeValidator(_small)
"""A word may be written in capitals, too."""


def _private(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".test", ".internal", ".local"))


class Settings(BaseSettings):
    """Where the servers are and how the process shows itself."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    nats_url: str = Field("nats://127.0.0.1:4222", description="NATS servers, separated by commas")
    nats_user: str | None = Field(None, description="user of this service on NATS")
    nats_password: str | None = Field(None, description="its password (better as a file)")
    mongo_url: str = Field("mongodb://127.0.0.1:27017/?replicaSet=kindred", description="MongoDB, a replica set")
    mongo_driver: Literal["motor", "pymongo"] = Field(
        "motor", description="driver behind the package shared/mongo: motor or pymongo"
    )
    database_prefix: str = Field("kindred_", pattern=r"^[a-z0-9_]{1,30}$", description="database = prefix + service")
    clock: Literal["system", "adjustable"] = Field("system", description="adjustable lets `kindred clock` move time")
    health_host: str = Field("127.0.0.1", description="address of /livez, /readyz and /metrics")
    health_port: int = Field(0, ge=0, le=65535, description="their port; 0 serves none")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="least level that is logged")
    outbox_days: int = Field(400, ge=1, description="how long sent outbox rows are kept to rebuild a lost stream")
    inbox_days: int = Field(400, ge=1, description="how long handled event ids are remembered")

    @model_validator(mode="before")
    @classmethod
    def _read_secret_files(cls, values: dict[str, Any]) -> dict[str, Any]:
        files = secrets_from_files(dict(os.environ))
        if twice := _set_twice(os.environ, files):
            raise ValueError(f"{twice} and {twice}{FROM_FILE} say different things. Set one of the two.")
        return {**files, **values}

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, value: Any) -> Any:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("nats_url")
    @classmethod
    def _of_nats(cls, value: str) -> str:
        for one in value.split(","):
            scheme, found, _ = one.strip().partition("://")
            if not one.strip() or (found and scheme.lower() not in _NATS_SCHEMES):
                raise ValueError("KINDRED_NATS_URL must name servers such as nats://nats.example.org:4222")
        return value

    @field_validator("mongo_url")
    @classmethod
    def _of_mongodb(cls, value: str) -> str:
        scheme, _, rest = value.strip().partition("://")
        if scheme not in {"mongodb", "mongodb+srv"} or not rest:
            raise ValueError("KINDRED_MONGO_URL must begin with mongodb:// and name a server")
        if rest.count("@") > 1 or "@" in rest.partition("/")[2].partition("?")[0]:
            raise ValueError(
                "KINDRED_MONGO_URL holds a user or password with a character that stands for something else there: "
                "write @ as %40, / as %2F, : as %3A and % as %25"
            )
        return value.strip()


def validated(kind: type[S]) -> S:
    """Return the settings of a process; one that is wrong ends the process with a sentence about each fault."""
    try:
        return kind()
    except ValidationError as error:
        lines = error.errors(include_input=False, include_url=False)
        said = [f"{_variable(line['loc'])}{line['msg'].removeprefix('Value error, ')}" for line in lines]
        sys.stderr.write("\n".join(["The settings are not usable:", *said]) + "\n")
        sys.exit(NOT_CONFIGURED)


def _variable(place: tuple[int | str, ...]) -> str:
    return f"{PREFIX}{str(place[0]).upper()}: " if place else ""
