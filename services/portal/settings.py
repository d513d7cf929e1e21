"""Where the portal listens, and the address people know it by."""

import ipaddress
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from shared.settings import Settings


class PortalSettings(Settings):
    """The portal's own settings beside those of every service."""

    portal_host: str = Field("127.0.0.1", description="address the pages are served on")
    portal_port: int = Field(8080, ge=0, le=65535, description="their port")
    public_url: str = Field("http://127.0.0.1:8080", description="what people type: scheme and host, no path")
    portal_secret: SecretStr | None = Field(
        None, min_length=32, description="signs sessions; without it, one is made and kept in the portal's database"
    )
    session_hours: int = Field(24, ge=1, le=168, description="how long an opened link stays open in a browser")
    support_email: str = Field("", description="shown where people are told to ask; none = ask your coordinator")

    @field_validator("public_url")
    @classmethod
    def _origin_only(cls, value: str) -> str:
        parts = urlsplit(value.rstrip("/"))
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.username:
            raise ValueError("KINDRED_PUBLIC_URL must be a scheme and a host, such as https://kindred.example.org")
        if parts.scheme == "http" and not _private(parts.hostname):
            raise ValueError("KINDRED_PUBLIC_URL must be https unless it is an address of this machine or network")
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def https(self) -> bool:
        """Whether people reach the pages over TLS."""
        return self.public_url.startswith("https://")


def _private(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".test", ".internal", ".local"))
