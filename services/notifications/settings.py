"""Where mails go, what they are from, and where answers come in."""

import ipaddress
import re
import ssl
from email.utils import parseaddr
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from shared.settings import SMALL_LETTERS, Origin, Settings

CATCHER = "mail"
"""The mail catcher of docker-compose.yml; nothing leaves the machine."""

_LONGEST_NAME = 16
"""64 in all (RFC 5321 section 4.5.3.1.1), less 48 for the tag with a mail's id and the shortest seal."""
_HOST = re.compile(r"[A-Za-z0-9._-]*|[0-9A-Fa-f:.]+")
_MAILBOX = re.compile(rf"(?=.{{1,{_LONGEST_NAME}}}$)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
_DOMAIN = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
_AUTHSERV = re.compile(r"[A-Za-z0-9._-]*")
_MAIL_SYSTEMS = frozenset({"postmaster", "mailer-daemon"})


class NotificationsSettings(Settings):
    """The service's own settings beside those of every service."""

    public_url: Origin = Field("http://127.0.0.1:8080", description="what people type: scheme and host, no path")
    mail_from: str = Field("programmes@kindred.example", description="the mailbox that sends and reads the answers")
    mail_from_name: str = Field("Kindred", description="its name")
    smtp_host: str = Field("", description="the relay; empty holds every mail until there is one")
    smtp_port: int = Field(1025, ge=1, le=65535, description="its port")
    smtp_user: str | None = Field(None, description="user at the relay")
    smtp_password: SecretStr | None = Field(None, description="its password (better as a file)")
    smtp_tls: Annotated[Literal["none", "starttls", "tls"], SMALL_LETTERS] = Field(
        "none", description="how the connection is secured"
    )
    smtp_plaintext: bool = Field(False, description="allows a relay on another machine without TLS")
    smtp_connections: int = Field(16, ge=1, le=100, description="connections to the relay at once")
    smtp_mails_per_connection: int = Field(100, ge=1, description="then a new connection is made")
    smtp_connection_seconds: float = Field(300.0, gt=0, description="likewise after so long")
    smtp_reply_seconds: float = Field(600.0, gt=0, description="wait for the final reply (RFC 5321: 10 minutes)")
    attach_up_to: int = Field(1_000_000, ge=0, description="bytes; a larger report goes as a link only")
    notifications_inbound_host: str = Field("127.0.0.1", description="address of the listener for answers and bounces")
    notifications_inbound_port: int = Field(0, ge=0, le=65535, description="its port; 0 listens to none")
    notifications_inbound_cert: str = Field("", description="its certificate chain (PEM file); offers STARTTLS")
    notifications_inbound_key: str = Field("", description="the certificate's key (PEM file)")
    trusted_authserv: str = Field(
        "", description="the mail server (authserv-id) whose Authentication-Results prove a sender; empty trusts none"
    )
    bounce_digest_seconds: float = Field(600.0, ge=0, description="bounces within this time go in one notice")

    @field_validator("trusted_authserv")
    @classmethod
    def _server_only(cls, value: str) -> str:
        if not _AUTHSERV.fullmatch(value.strip()):
            raise ValueError(
                "KINDRED_TRUSTED_AUTHSERV must be the one word that stands first in Authentication-Results, such as "
                "mx.example.org"
            )
        return value.strip()

    @field_validator("mail_from_name")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("KINDRED_MAIL_FROM_NAME must be one line of text")
        return value

    @field_validator("smtp_host")
    @classmethod
    def _host_only(cls, value: str) -> str:
        if not _HOST.fullmatch(value.strip()):
            raise ValueError(
                "KINDRED_SMTP_HOST must be a name or address alone, such as smtp.example.org; "
                "the port is KINDRED_SMTP_PORT"
            )
        return value.strip()

    @field_validator("mail_from")
    @classmethod
    def _one_address(cls, value: str) -> str:
        if parseaddr(value)[1] != value or value.count("@") != 1:
            raise ValueError("KINDRED_MAIL_FROM must be one plain address, such as programmes@example.org")
        name, _, domain = value.partition("@")
        if not _DOMAIN.fullmatch(domain):
            raise ValueError(
                f"KINDRED_MAIL_FROM cannot be {value}: what is behind the @ must be a domain of letters, digits and "
                "hyphens, such as example.org. Write one with other letters in its form for mail, xn--..."
            )
        if name.lower() in _MAIL_SYSTEMS:
            raise ValueError(
                f"KINDRED_MAIL_FROM cannot be {value}: mails from there are taken for bounces. Choose a mailbox of its "
                "own, such as programmes@example.org."
            )
        if not _MAILBOX.fullmatch(name):
            raise ValueError(
                f"KINDRED_MAIL_FROM cannot be {value}: bounce addresses are made of the name before the @, which may "
                f"have {_LONGEST_NAME} letters, digits, hyphens, underscores or single dots at most."
            )
        return value

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if self.smtp_host and self.smtp_tls == "none" and not self.smtp_plaintext and not _here(self.smtp_host):
            raise ValueError(
                f"KINDRED_SMTP_TLS is none, but the relay {self.smtp_host} is another machine: mails and the password "
                "would go in clear. Set it to starttls or tls, or KINDRED_SMTP_PLAINTEXT=true where that is meant."
            )
        if self.smtp_user and not self.smtp_password:
            raise ValueError("KINDRED_SMTP_USER is set without KINDRED_SMTP_PASSWORD_FILE (or KINDRED_SMTP_PASSWORD).")
        if self.smtp_password and not self.smtp_user:
            raise ValueError("KINDRED_SMTP_PASSWORD is set without KINDRED_SMTP_USER: nobody would log in with it.")
        return self

    @model_validator(mode="after")
    def _certified(self) -> Self:
        certificate, key = self.notifications_inbound_cert, self.notifications_inbound_key
        if bool(certificate) != bool(key):
            raise ValueError("KINDRED_NOTIFICATIONS_INBOUND_CERT and KINDRED_NOTIFICATIONS_INBOUND_KEY go together.")
        if certificate:
            try:
                ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
            except (OSError, ssl.SSLError) as error:
                raise ValueError(
                    f"KINDRED_NOTIFICATIONS_INBOUND_CERT ({certificate}) and _KEY ({key}) cannot be used: {error}"
                ) from None
        return self

    @property
    def mail_domain(self) -> str:
        """The domain of the sending mailbox."""
        return self.mail_from.partition("@")[2]


def _here(host: str) -> bool:
    """Whether what is sent to a host stays on this machine."""
    if host in {CATCHER, "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
