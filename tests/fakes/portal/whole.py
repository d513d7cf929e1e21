"""The stores of programmes whose template says everything, in memory."""

from collections.abc import Callable, Iterable

from services.portal.domain.entries import Entry
from services.portal.domain.places import Offer, Pair, Placement
from services.portal.domain.tasks import Owed, ordered
from services.portal.domain.whole import WholeProgramme
from services.portal.store import documents
from tests.fakes.portal.models import Collections, Row


class MemoryWholeProgrammes:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def get(self, programme_id: str) -> WholeProgramme | None:
        found = self._collections.one("whole_programmes", programme_id)
        return documents.whole(found) if found else None


class MemoryTasks:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def get(self, task_id: str) -> Owed | None:
        found = self._collections.one("tasks", task_id)
        return documents.owed(found) if found else None

    async def of_person(self, person_id: str) -> list[Owed]:
        rows = self._collections.all("tasks")
        return ordered(documents.owed(one) for one in rows if person_id in one["person_ids"])


class MemoryEntries:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def find(self, entry_ids: Iterable[str]) -> dict[str, Entry]:
        found = {key: self._collections.one("entries", key) for key in set(entry_ids)}
        return {key: documents.entry(one) for key, one in found.items() if one}

    async def of_author(self, person_id: str) -> list[Entry]:
        rows = sorted(self._collections.all("entries"), key=lambda one: one["_id"])
        return [documents.entry(one) for one in rows if person_id in one["author_ids"] and one["state"] != "withdrawn"]


class MemoryPlaces:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def find(self, match_ids: Iterable[str]) -> dict[str, Placement]:
        found = {key: self._collections.one("placements", key) for key in set(match_ids)}
        return {key: documents.placement(one) for key, one in found.items() if one}

    async def to_things(self, thing_entry_ids: Iterable[str]) -> list[Placement]:
        wanted = set(thing_entry_ids)
        return self._standing(lambda one: one["thing_entry_id"] in wanted)

    async def of_entries(self, person_entry_ids: Iterable[str]) -> list[Placement]:
        wanted = set(person_entry_ids)
        return self._standing(lambda one: one["person_entry_id"] in wanted)

    async def pairs(self, pair_ids: Iterable[str]) -> dict[str, Pair]:
        rows = {key: self._collections.one("pairs", key) for key in pair_ids}
        return {key: documents.pair(row) for key, row in rows.items() if row}

    async def pairs_of(self, person_id: str) -> list[Pair]:
        rows = [one for one in self._collections.all("pairs") if person_id in one["person_ids"] and not one["ended"]]
        return [documents.pair(one) for one in sorted(rows, key=lambda one: one["_id"])]

    async def offer(self, offer_id: str) -> Offer | None:
        found = self._collections.one("offers", offer_id)
        return documents.offer(found) if found else None

    async def offers_to(self, person_id: str, person_entry_ids: Iterable[str]) -> list[Offer]:
        wanted = set(person_entry_ids)
        return self._offers(lambda one: one["person_id"] == person_id or one["person_entry_id"] in wanted)

    async def offers_of(self, thing_entry_ids: Iterable[str]) -> list[Offer]:
        wanted = set(thing_entry_ids)
        return self._offers(lambda one: one["thing_entry_id"] in wanted and one["state"] == "open")

    def _standing(self, fits: Callable[[Row], bool]) -> list[Placement]:
        rows = [one for one in self._collections.all("placements") if not one["ended"] and fits(one)]
        return [documents.placement(one) for one in sorted(rows, key=lambda one: one["_id"])]

    def _offers(self, fits: Callable[[Row], bool]) -> list[Offer]:
        rows = sorted((one for one in self._collections.all("offers") if fits(one)), key=lambda one: one["_id"])
        return [documents.offer(one) for one in sorted(rows, key=lambda one: one["until"], reverse=True)]
