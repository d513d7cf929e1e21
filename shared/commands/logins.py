"""What the command line asks of `portal` to sign a coordinator in.

The command line draws a token and tells only its hash, the `key`, so that no secret stands in a command or its reply.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, OneLine, Query, Reply

KEY = Field(pattern="^[0-9a-f]{64}$", description="SHA-256 (hex) of the token that the command line holds")
CODE = Field(max_length=40)


class AskLogin(Command):
    """Have the mail sent that signs in; the reply is the same for every address."""

    service: ClassVar[str] = "portal"
    address: OneLine = Field(min_length=3, max_length=254)


class LoginStep(Reply):
    """What a code comes to: signed `in`; a `second` factor is wanted, or has to be `set-up` first; or it is no good."""

    step: Literal["in", "second", "set-up", "wrong", "locked", "over", "no-coordinator"]
    left: int = Field(0, description="tries that are left after a wrong one")
    person_id: str = ""
    name: str = ""
    token_id: str = ""
    expires: dt.datetime | None = None


class TryLogin(Command):
    """Try the code that was mailed to an address."""

    service: ClassVar[str] = "portal"
    Reply: ClassVar[type[Reply]] = LoginStep
    address: OneLine = Field(min_length=3, max_length=254)
    code: str = CODE
    key: str = KEY


class ProveLogin(Command):
    """Try a code of the authenticator, or a recovery code; a right one makes the token good."""

    service: ClassVar[str] = "portal"
    Reply: ClassVar[type[Reply]] = LoginStep
    key: str = KEY
    code: str = CODE
    name: OneLine = Field(min_length=1, max_length=80, description="by which the token is known in the console")


class LoginSetup(Reply):
    """What an authenticator is set up with. Never kept and never logged."""

    secret: str
    address: str
    recovery: tuple[str, ...]


class ShowLoginSetup(Query):
    """What is set up at the first sign-in; Rejected("not-signed-in") where it is not this token's to see."""

    service: ClassVar[str] = "portal"
    Reply: ClassVar[type[Reply]] = LoginSetup
    key: str = KEY


class LoginShown(Reply):
    """Who has signed in, and until when."""

    person_id: str
    name: str
    token_id: str
    expires: dt.datetime


class ShowLogin(Query):
    """Who acts with this token; Rejected("not-signed-in") where it is not good, or not one for everything."""

    service: ClassVar[str] = "portal"
    Reply: ClassVar[type[Reply]] = LoginShown
    key: str = KEY
