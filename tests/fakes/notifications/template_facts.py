"""Tasks, entries, placements and the passages of digests in memory."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from services.notifications.domain.template_mails.records import FormEntry, Owed, Passage, Placement, Together

R = TypeVar("R", Owed, FormEntry, Placement, Together)


class _Newest(Generic[R]):
    """Records by id; an older version changes nothing."""

    def __init__(self) -> None:
        self.all: dict[str, R] = {}

    def keep(self, key: str, record: R) -> None:
        there = self.all.get(key)
        if there is None or there.version < record.version:
            self.all[key] = record

    async def find(self, keys: Iterable[str]) -> dict[str, R]:
        return {key: self.all[key] for key in keys if key in self.all}


class MemoryOwedTasks(_Newest[Owed]):
    async def put(self, task: Owed) -> None:
        self.keep(task.task_id, task)

    async def owed_by(self, person_ids: Iterable[str]) -> dict[str, tuple[Owed, ...]]:
        owed = sorted((one for one in self.all.values() if not one.closed), key=lambda one: (one.due, one.task_id))
        return {person: tuple(one for one in owed if person in one.person_ids) for person in person_ids}


class MemoryFormEntries(_Newest[FormEntry]):
    async def put(self, entry: FormEntry) -> None:
        self.keep(entry.entry_id, entry)

    async def latest(self, programme_id: str, form: str, about_id: str) -> FormEntry | None:
        key = (programme_id, form, about_id)
        found = [one for one in self.all.values() if (one.programme_id, one.form, one.about_id) == key]
        standing = [one for one in found if one.state != "withdrawn"]
        return max(standing, key=lambda one: one.version, default=None)

    async def counts(self, programme_id: str) -> Mapping[tuple[str, str], int]:
        return Counter((one.form, one.state) for one in self.all.values() if one.programme_id == programme_id)


class MemoryPlacements(_Newest[Placement]):
    async def put(self, placement: Placement) -> None:
        self.keep(placement.match_id, placement)


class MemoryPairs(_Newest[Together]):
    async def put(self, pair: Together) -> None:
        self.keep(pair.pair_id, pair)


class MemoryPassages:
    def __init__(self) -> None:
        self.all: dict[str, dict[str, Passage]] = {}

    async def add(self, mail_id: str, passage: Passage) -> None:
        self.all.setdefault(mail_id, {}).setdefault(passage.key, passage)

    async def of(self, mail_ids: Iterable[str]) -> dict[str, tuple[Passage, ...]]:
        wanted = [one for one in mail_ids if one in self.all]
        return {one: tuple(self.all[one][key] for key in sorted(self.all[one])) for one in wanted}
