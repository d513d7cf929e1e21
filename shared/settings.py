"""Settings every service has, validated at start.

Each comes from ``KINDRED_<NAME>`` in the environment, or, for secrets, from the file that
``KINDRED_<NAME>_FILE`` points at. A service adds its own in ``services/<name>/settings.py``.
"""

import ipaddress
import os
import sys
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.setting_names import FROM_FILE, PREFIX

NOT_CONFIGURED = 78
"""Exit code of a process whose settings are wrong (EX_CONFIG of sysexits.h)."""
S = TypeVar("S", bound="Settings")


def secrets_from_files(environment: dict[str, str]) -> dict[str, str]:
    """Return the values of all ``KINDRED_X_FILE`` variables as ``{x: content}``, last line break removed."""
    found: dict[str, str] = {}
    for name, path in environment.items():
        if name.startswith(PREFIX) and name.endswith(FROM_FILE) and path:
            field = name[len(PREFIX) : -len(FROM_FILE)].lower()
            try:
                found[field] = Path(path).read_text(encoding="utf-8-sig").rstrip("\r\n")
            except OSError as error:
                raise ValueError(f"{name} names {path}, which cannot be read ({error.strerror}).") from None
            except UnicodeDecodeError:
                raise ValueError(f"{name} names {path}, which is no text in UTF-8. Save it anew.") from None
    return found


def origin_of(value: str) -> str:
    """Return what links begin with; raises ValueError with a sentence where it is more than a scheme and a host."""
    parts = urlsplit(value.strip().rstrip("/"))
    more = parts.path or parts.query or parts.fragment or parts.username
    if parts.scheme not in {"http", "https"} or not parts.hostname or more:
        raise ValueError("KINDRED_PUBLIC_URL must be a scheme and a host, such as https://kindred.example.org")
    if parts.scheme == "http" and not _private(parts.hostname):
        raise ValueError("KINDRED_PUBLIC_URL must be https unless it is an address of this machine or network")
    return f"{parts.scheme}://{parts.netloc}"


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
        return {**secrets_from_files(dict(os.environ)), **values}


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
