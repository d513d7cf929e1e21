"""Tokens of the API under their ids. The database drops them a month after they have ended."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from services.portal.domain.tokens import Token
from shared.mongo import DESCENDING, Database

_TOKEN = TypeAdapter(Token)
_MONTH = 30 * 86_400


class MongoTokens:
    """The port `TokenStore` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._tokens = database["api_tokens"]

    async def get(self, token_id: str) -> Token | None:
        """Return a token."""
        return _token(await self._tokens.find_one({"_id": token_id}))

    async def by_key(self, key: str) -> Token | None:
        """Return the token with this hash."""
        return _token(await self._tokens.find_one({"key": key}))

    async def put(self, token: Token) -> None:
        """Keep a token."""
        await self._tokens.put({"_id": token.token_id, **asdict(token)})

    async def used(self, token_id: str, at: dt.datetime) -> None:
        """Note that it was used."""
        await self._tokens.update_one({"_id": token_id}, {"$set": {"used": at}})

    async def listed(self, person_id: str = "") -> list[Token]:
        """Return all tokens or a person's, the newest first."""
        where = {"person_id": person_id} if person_id else {}
        order = [("made", DESCENDING), ("_id", DESCENDING)]
        return [_TOKEN.validate_python(found) async for found in self._tokens.find(where, sort=order)]


async def prepare(database: Database) -> None:
    """Create the indexes they are found by, and the one by which the database drops them."""
    await database["api_tokens"].create_index("key", unique=True)
    await database["api_tokens"].create_index("person_id")
    await database["api_tokens"].create_index("expires", expireAfterSeconds=_MONTH)


def _token(found: dict[str, Any] | None) -> Token | None:
    return _TOKEN.validate_python(found) if found else None
