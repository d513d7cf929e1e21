"""What may be asked of `portal` about tokens of the API. The token itself is shown once, on the page that makes it."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Query, Reply

TokenState = Literal["good", "over", "revoked"]


class TokenRow(Reply):
    """A token: whose it is, what it may do, until when, and when it was last used. Without `programme_ids`: all."""

    token_id: str
    person_id: str
    person: str
    name: str
    scopes: tuple[str, ...]
    programme_ids: tuple[str, ...] = ()
    made: dt.datetime
    expires: dt.datetime
    used: dt.datetime | None = None
    state: TokenState = "good"
    own: bool = Field(False, description="of somebody as themselves: it reaches only what is theirs, whoever they are")


class TokenRows(Reply):
    """Tokens, the newest first; those that are over are kept for a month."""

    tokens: tuple[TokenRow, ...]


class ListTokens(Query):
    """The tokens of this deployment, of everybody or of one person."""

    service: ClassVar[str] = "portal"
    Reply: ClassVar[type[Reply]] = TokenRows
    person_id: str = ""


class RevokeToken(Command):
    """A token works no more, at once and for good."""

    service: ClassVar[str] = "portal"
    token_id: str
