"""The pause switch, suppressions, preferences and triage in memory."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from services.notifications.domain.kept import KeptMessage, Waiting
from shared.commands.notifications_replies import ListReplies, ReplyState


class MemoryPauseSwitch:
    def __init__(self) -> None:
        self.is_paused = False
        self.why = ""

    async def paused(self) -> bool:
        return self.is_paused

    async def reason(self) -> str:
        return self.why if self.is_paused else ""

    async def pause(self, paused: bool, reason: str = "") -> None:
        self.is_paused, self.why = paused, reason


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
        self.untold: set[str] = set()
        self.forwarded_on: dict[str, dt.date] = {}

    async def keep(self, message: KeptMessage) -> None:
        if message.key not in self.rows:
            self.rows[message.key] = message
            if message.state == "waiting":
                self.untold.add(message.key)

    async def waiting(self) -> list[tuple[dt.datetime, str, str]]:
        return [(row.received_at, row.why, row.subject) for row in self._newest("waiting", 200, lambda _: True)]

    async def page(self, wanted: ListReplies) -> tuple[int, list[KeptMessage]]:
        def fits(row: KeptMessage) -> bool:
            text = wanted.search.casefold()
            said = text in row.sender.casefold() or text in row.subject.casefold() if text else False
            either = said or row.concern.person_id in wanted.concerning
            return wanted.target_id in {"", row.concern.target_id} and (either or not (text or wanted.concerning))

        rows = self._newest(wanted.state, len(self.rows), fits)
        return len(rows), rows[wanted.offset : wanted.offset + wanted.limit]

    async def one(self, key: str) -> KeptMessage | None:
        return self.rows.get(key)

    async def close(self, key: str) -> None:
        if key in self.rows:
            self.rows[key] = replace(self.rows[key], state="done")
            self.untold.discard(key)

    async def forget(self, sender: str, person_id: str) -> None:
        def theirs(row: KeptMessage) -> bool:
            return row.sender == (sender.lower() or None) or person_id in {row.concern.person_id, row.concern.writer_id}

        self.rows = {key: row for key, row in self.rows.items() if not theirs(row)}
        self.untold &= set(self.rows)

    async def unannounced(self, limit: int) -> list[KeptMessage]:
        rows = sorted((self.rows[key] for key in self.untold), key=lambda row: (row.received_at, row.key))
        return [replace(row, content=b"") for row in rows[:limit]]

    async def announced(self, key: str, forwarded_on: dt.date | None) -> None:
        self.untold.discard(key)
        if forwarded_on is not None:
            self.forwarded_on[key] = forwarded_on

    async def forwarded(self, programme_id: str, on: dt.date) -> int:
        rows = (row for key, row in self.rows.items() if self.forwarded_on.get(key) == on)
        return sum(programme_id in row.concern.programme_ids for row in rows)

    async def waiting_for(self, programme_ids: Collection[str], limit: int, *, unplaced: bool) -> Waiting:
        def wanted(row: KeptMessage) -> bool:
            there = row.concern.programme_ids
            return bool(set(there) & set(programme_ids)) or (unplaced and not there)

        rows = self._newest("waiting", len(self.rows), wanted)
        return Waiting(len(rows), tuple(rows[:limit]))

    def _newest(self, state: ReplyState, limit: int, wanted: Callable[[KeptMessage], bool]) -> list[KeptMessage]:
        rows = [replace(row, content=b"") for row in self.rows.values() if row.state == state and wanted(row)]
        return sorted(rows, key=lambda row: (row.received_at, row.key), reverse=True)[:limit]


class MemorySealKey:
    async def get(self) -> bytes:
        return b"k" * 32
