"""Tokens of the API in memory."""

import datetime as dt
from dataclasses import replace

from services.portal.domain.tokens import Token
from tests.fakes.portal.models import Collections


class MemoryTokens:
    def __init__(self, collections: Collections) -> None:
        self._kept = collections.of("api_tokens")

    async def get(self, token_id: str) -> Token | None:
        found = self._kept.get(token_id)
        return found["token"] if found else None

    async def by_key(self, key: str) -> Token | None:
        return next((one["token"] for one in self._kept.values() if one["token"].key == key), None)

    async def put(self, token: Token) -> None:
        self._kept[token.token_id] = {"person_id": token.person_id, "token": token}

    async def used(self, token_id: str, at: dt.datetime) -> None:
        await self.put(replace(self._kept[token_id]["token"], used=at))

    async def listed(self, person_id: str = "") -> list[Token]:
        mine = [one["token"] for one in self._kept.values() if person_id in {"", one["person_id"]}]
        return sorted(mine, key=lambda one: (one.made, one.token_id), reverse=True)
