"""Where the portal listens, and the address people know it by."""

import ipaddress
from email.utils import parseaddr
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator

from shared.settings import Origin, Settings

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class PortalSettings(Settings):
    """The portal's own settings beside those of every service."""

    portal_host: str = Field("127.0.0.1", description="address the pages are served on")
    portal_port: int = Field(8080, ge=0, le=65535, description="their port")
    public_url: Origin = Field("http://127.0.0.1:8080", description="what people type: scheme and host, no path")
    portal_secret: SecretStr | None = Field(
        None, min_length=32, description="signs sessions; without it, one is made and kept in the portal's database"
    )
    session_hours: int = Field(24, ge=1, le=168, description="how long an opened link stays open in a browser")
    sign_in_hours: int = Field(12, ge=1, le=24, description="how long somebody who has signed in stays so at most")
    login_days: int = Field(30, ge=1, le=366, description="how long `kindred login` lasts on a machine")
    oidc_issuer: str = Field("", description="address of an OpenID provider that signs people in beside the mail")
    oidc_client_id: str = Field("", description="by which that provider knows Kindred")
    oidc_client_secret: SecretStr | None = Field(None, description="with which Kindred proves that to it")
    oidc_name: str = Field("", max_length=40, description="what people call that provider, such as Microsoft")
    portal_proxies: str = Field(
        "", description="addresses or networks of proxies before the pages, with commas: their X-Forwarded-For counts"
    )
    enquiry_days: int = Field(
        180, ge=1, le=730, description="days for which an enquiry of somebody outside is kept, then it is erased"
    )
    support_email: str = Field("", description="shown where people are told to ask; none = ask your coordinator")

    @field_validator("support_email")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and (parseaddr(value)[1] != value or value.count("@") != 1):
            raise ValueError("KINDRED_SUPPORT_EMAIL must be one plain address, such as help@example.org")
        return value

    @field_validator("portal_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        try:
            networks_of(value)
        except ValueError:
            raise ValueError("KINDRED_PORTAL_PROXIES must be addresses or networks, such as 10.0.0.0/8") from None
        return value

    @model_validator(mode="after")
    def _whole_provider(self) -> Self:
        given = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret, self.oidc_name)
        if any(given) and not all(given):
            raise ValueError("KINDRED_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET and _NAME are given together")
        return self

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The networks of proxies."""
        return networks_of(self.portal_proxies)

    @property
    def https(self) -> bool:
        """Whether people reach the pages over TLS."""
        return self.public_url.startswith("https://")


def networks_of(listed: str) -> tuple[Network, ...]:
    """Return networks listed with commas; raises ValueError for what is none."""
    return tuple(ipaddress.ip_network(one.strip()) for one in listed.split(",") if one.strip())
