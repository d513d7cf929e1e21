"""The pause switch, suppressions, preferences and triage in memory."""

import datetime as dt
from collections.abc import Iterable


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
        self.rows: dict[str, tuple[dt.datetime, str, str, str]] = {}
        self.filed: set[str] = set()

    async def keep(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        self.rows.setdefault(key, (now, why, subject, sender.lower()))

    async def file(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        if key not in self.rows:
            self.filed.add(key)
            await self.keep(key, why, subject=subject, sender=sender, now=now, content=content)

    async def waiting(self) -> list[tuple[dt.datetime, str, str]]:
        waiting = [row for key, row in self.rows.items() if key not in self.filed]
        newest = sorted(waiting, key=lambda row: row[0], reverse=True)
        return [(at, why, subject) for at, why, subject, _ in newest]

    async def forget(self, sender: str) -> None:
        self.rows = {key: row for key, row in self.rows.items() if row[3] != sender.lower()}


class MemorySealKey:
    async def get(self) -> bytes:
        return b"k" * 32
