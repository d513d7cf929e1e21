"""The settings that a deployment is checked by: those of services that the command line may not import."""

from typing import Annotated

from pydantic import Field, SecretStr

from shared.settings import SMALL_LETTERS, Origin, Settings


class Deployment(Settings):
    """What notifications and the portal are given, as far as it can be checked from outside them."""

    public_url: Origin = Field("http://127.0.0.1:8080")
    mail_from: str = Field("programmes@kindred.example")
    smtp_host: str = Field("")
    smtp_port: int = Field(1025)
    smtp_user: str | None = Field(None)
    smtp_password: SecretStr | None = Field(None)
    smtp_tls: Annotated[str, SMALL_LETTERS] = Field("none")

    @property
    def mail_domain(self) -> str:
        """The domain that mails come from."""
        return self.mail_from.partition("@")[2]
