"""The settings that a deployment is checked by: those of services that the command line may not import."""

from pydantic import Field, SecretStr, field_validator

from shared.settings import Settings, origin_of


class Deployment(Settings):
    """What notifications and the portal are given, as far as it can be checked from outside them."""

    public_url: str = Field("http://127.0.0.1:8080")
    mail_from: str = Field("programmes@kindred.example")
    smtp_host: str = Field("")
    smtp_port: int = Field(1025)
    smtp_user: str | None = Field(None)
    smtp_password: SecretStr | None = Field(None)
    smtp_tls: str = Field("none")

    @field_validator("public_url")
    @classmethod
    def _origin_only(cls, value: str) -> str:
        return origin_of(value)

    @field_validator("smtp_tls", mode="before")
    @classmethod
    def _in_small_letters(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @property
    def mail_domain(self) -> str:
        """The domain that mails come from."""
        return self.mail_from.partition("@")[2]
