"""Tokens of the API: what pages ask for, and what is kept of them."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from services.portal.domain.tokens import Bearer, Token, Wanted

__all__ = ["Made", "TokenStore", "Tokens"]


@dataclass(frozen=True)
class Made:
    """A token that was just made. `text`: what a program sends; empty where the same press has made it before."""

    token: Token
    text: str


class Tokens(Protocol):
    """Everything pages and the API ask for. Each call is a transaction of its own."""

    async def make(self, person_id: str, wanted: Wanted, once: str) -> Made:
        """Make a token; the same `once` makes one. Raises Rejected."""
        ...

    async def listed(self, person_id: str = "") -> list[Token]:
        """Return all tokens or a person's, the newest first."""
        ...

    async def revoke(self, token_id: str, by: str) -> Token:
        """Let a token work no more; raises Rejected where there is none."""
        ...

    async def behind(self, text: str) -> Bearer | None:
        """Return whose good token this is, and note that it was used; None where it opens nothing."""
        ...


class TokenStore(Protocol):
    """Tokens by their id."""

    async def get(self, token_id: str) -> Token | None:
        """Return a token."""
        ...

    async def by_key(self, key: str) -> Token | None:
        """Return the token with this hash."""
        ...

    async def put(self, token: Token) -> None:
        """Keep a token."""
        ...

    async def used(self, token_id: str, at: dt.datetime) -> None:
        """Note that it was used."""
        ...

    async def listed(self, person_id: str = "") -> list[Token]:
        """Return all tokens or a person's, the newest first."""
        ...
