"""The pause switch, suppressions, preferences and triage in memory."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from services.notifications.domain.kept import KeptMessage
from shared.commands.notifications_replies import ReplyState


class MemoryPauseSwitch:
    def __init__(self) -> None:
        self.is_paused = False

    async def paused(self) -> bool:
        return self.is_paused

    async def pause(self, paused: bool) -> None:
        self.is_paused = paused


class MemorySuppressions:
    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    async def add(self, address: str, mail_id: str, now: dt.datetime) -> None:
        self.held.setdefault(address.lower(), mail_id)

    async def lift(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            self.held.pop(address.lower(), None)

    async def among(self, addresses: Iterable[str]) -> set[str]:
        return set(self.held) & {one.lower() for one in addresses}


class MemoryPreferences:
    def __init__(self) -> None:
        self.less: set[str] = set()

    async def choose(self, person_id: str, *, essential_only: bool) -> None:
        (self.less.add if essential_only else self.less.discard)(person_id)

    async def essential_only(self, person_ids: Iterable[str]) -> set[str]:
        return self.less & set(person_ids)


class MemoryTriage:
    def __init__(self) -> None:
        self.rows: dict[str, KeptMessage] = {}

    async def keep(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        self.rows.setdefault(key, KeptMessage(key, now, why, subject, sender.lower(), "waiting", content))

    async def file(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        self.rows.setdefault(key, KeptMessage(key, now, why, subject, sender.lower(), "filed", content))

    async def waiting(self) -> list[tuple[dt.datetime, str, str]]:
        return [(row.received_at, row.why, row.subject) for row in await self.found("waiting", 200)]

    async def found(self, state: ReplyState, limit: int) -> list[KeptMessage]:
        rows = [replace(row, content=b"") for row in self.rows.values() if row.state == state]
        return sorted(rows, key=lambda row: row.received_at, reverse=True)[:limit]

    async def one(self, key: str) -> KeptMessage | None:
        return self.rows.get(key)

    async def close(self, key: str) -> None:
        if key in self.rows:
            self.rows[key] = replace(self.rows[key], state="done")

    async def forget(self, sender: str) -> None:
        self.rows = {key: row for key, row in self.rows.items() if row.sender != sender.lower()}


class MemorySealKey:
    async def get(self) -> bytes:
        return b"k" * 32
