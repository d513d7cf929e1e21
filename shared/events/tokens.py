"""What `portal` publishes about tokens of the API: neither a token nor its hash nor its name."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.events.base import Event


class TokenMade(Event):
    """A person has a token, with which a program acts for them."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "token_id"
    token_id: str
    person_id: str
    scopes: tuple[str, ...]
    programme_ids: tuple[str, ...] = Field((), description="the only programmes it reaches; empty for all")
    expires: dt.datetime


class TokenRevoked(Event):
    """A token works no more."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "token_id"
    token_id: str
    person_id: str
    by: str = Field("", description="id of who revoked it; empty where it was done on the machine")
