"""Commands ask a service to do something, queries ask what it knows; both are NATS request-reply.

A command is idempotent by a key that the asker supplies: the same key gets the same reply. The reply is the
command's `Reply`, or it is refused with `Rejected(rule, sentence)`.
"""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Message(BaseModel):
    """Frozen and strict about its fields: what a service does not know it must not silently drop."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Reply(BaseModel):
    """The reply to a request; older askers ignore fields that were added later."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class Done(Reply):
    """The command took effect; `version` is the aggregate's new version."""

    id: str
    version: int = 1
    sentence: str = ""


class Command(Message):
    """Asks the owning service for a change. Subject: `commands.<service>.<Name>.v<N>`."""

    service: ClassVar[str]
    v: ClassVar[int] = 1
    Reply: ClassVar[type[Reply]] = Done
    seconds: ClassVar[float] = 10.0
    """How many seconds the reply may take, also in a country's programme."""

    @classmethod
    def subject(cls) -> str:
        """Where the command is sent."""
        return f"commands.{cls.service}.{cls.__name__}.v{cls.v}"


class Query(Message):
    """Asks the owning service what it knows. Subject: `queries.<service>.<Name>.v<N>`."""

    service: ClassVar[str]
    v: ClassVar[int] = 1
    Reply: ClassVar[type[Reply]]
    seconds: ClassVar[float] = 10.0
    """How many seconds the reply may take, also in a country's programme."""

    @classmethod
    def subject(cls) -> str:
        """Where the query is sent."""
        return f"queries.{cls.service}.{cls.__name__}.v{cls.v}"


def _one_line(value: str) -> str:
    if any(ord(char) < 32 or ord(char) == 127 for char in value):
        raise ValueError("must be one line without control characters")
    return value


OneLine = Annotated[str, AfterValidator(_one_line)]
"""Text that may become a header or a heading: no line break, no control character."""
Concerning = Annotated[
    tuple[Annotated[str, Field(max_length=100)], ...],
    Field(max_length=200, description="ids of schools and people: what concerns one of them; none: whomever"),
]
"""Whom rows of a list are to concern, one of them at least."""
