"""Targets, groups, completions and calendar replies in memory."""

import datetime as dt
from collections.abc import Iterable

from services.notifications.domain.directory import Group, LastReply
from services.notifications.domain.targets import Target, invited


class MemoryTargets:
    def __init__(self) -> None:
        self.all: dict[str, Target] = {}

    async def put(self, target: Target) -> None:
        self.all[target.target_id] = target

    async def find(self, target_ids: Iterable[str]) -> dict[str, Target]:
        return {one: self.all[one] for one in target_ids if one in self.all}

    async def next_of(self, person_id: str, today: dt.date) -> Target | None:
        ahead = sorted(self.all.values(), key=lambda one: (one.on, one.target_id))
        theirs = (one for one in ahead if person_id in {person.person_id for person in invited(one)})
        return next((one for one in theirs if one.state == "scheduled" and one.on >= today), None)

    async def ahead(self, programme_id: str, today: dt.date) -> list[Target]:
        mine = (one for one in self.all.values() if one.programme_id == programme_id and one.state == "scheduled")
        return sorted((one for one in mine if one.on >= today), key=lambda one: (one.on, one.target_id))


class MemoryGroups:
    def __init__(self) -> None:
        self.all: dict[str, Group] = {}

    async def put(self, group: Group) -> None:
        there = self.all.get(group.group_id)
        if there is None or there.version < group.version:
            self.all[group.group_id] = group

    async def find(self, group_ids: Iterable[str]) -> dict[str, Group]:
        return {one: self.all[one] for one in group_ids if one in self.all}


class MemoryCompletions:
    def __init__(self) -> None:
        self.all: dict[str, int] = {}

    async def put(self, key: str, sequence: int = 0) -> None:
        self.all[key] = max(sequence, self.all.get(key, sequence))

    async def find(self, keys: Iterable[str]) -> dict[str, int]:
        return {one: self.all[one] for one in keys if one in self.all}


class MemoryReplies:
    def __init__(self) -> None:
        self.all: dict[tuple[str, str], LastReply] = {}
        self.counts: dict[str, int] = {}

    async def last(self, target_id: str, person_id: str) -> LastReply | None:
        return self.all.get((target_id, person_id))

    async def put(self, target_id: str, person_id: str, reply: LastReply) -> int:
        self.all[target_id, person_id] = reply
        self.counts[target_id] = self.counts.get(target_id, 0) + 1
        return self.counts[target_id]


class MemoryAliases:
    def __init__(self) -> None:
        self.all: set[tuple[str, str]] = set()

    async def remember(self, address: str, person_id: str) -> None:
        self.all.add((address.lower(), person_id))

    async def people_at(self, address: str) -> list[str]:
        return sorted(person for known, person in self.all if known == address.lower())

    async def forget(self, person_id: str) -> None:
        self.all = {(address, person) for address, person in self.all if person != person_id}
