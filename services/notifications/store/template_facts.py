"""Tasks, entries, placements and the passages of digests."""

from collections.abc import Iterable, Mapping

from services.notifications.domain.template_mails.records import FormEntry, Owed, Passage, Placement, Together
from services.notifications.store.documents import document, model, some
from shared.mongo import ASCENDING, DESCENDING, Database

_OPEN = ["open", "missed"]


class MongoOwedTasks:
    """Behind ``ports.OwedTasks``."""

    def __init__(self, database: Database) -> None:
        self._tasks = database["owed_tasks"]

    async def put(self, task: Owed) -> None:
        """Keep a task unless the same version or a newer one is there."""
        await self._tasks.put_newer(document(task.task_id, task))

    async def find(self, task_ids: Iterable[str]) -> dict[str, Owed]:
        """Return those that are known, by id."""
        return {found["_id"]: model(Owed, found) for found in await some(self._tasks, task_ids)}

    async def owed_by(self, person_ids: Iterable[str]) -> dict[str, tuple[Owed, ...]]:
        """Return what each of these people still owes, what is due first at the front."""
        wanted = sorted(set(person_ids))
        where = {"person_ids": {"$in": wanted}, "state": {"$in": _OPEN}}
        rows = await self._tasks.find(where, sort=[("due", ASCENDING), ("_id", ASCENDING)]).to_list() if wanted else []
        owed = [model(Owed, row) for row in rows]
        return {one: tuple(task for task in owed if one in task.person_ids) for one in wanted}


class MongoFormEntries:
    """Behind ``ports.FormEntries``."""

    def __init__(self, database: Database) -> None:
        self._entries = database["form_entries"]

    async def put(self, entry: FormEntry) -> None:
        """Keep an entry unless the same version or a newer one is there."""
        await self._entries.put_newer(document(entry.entry_id, entry))

    async def find(self, entry_ids: Iterable[str]) -> dict[str, FormEntry]:
        """Return those that are known, by id."""
        return {found["_id"]: model(FormEntry, found) for found in await some(self._entries, entry_ids)}

    async def latest(self, programme_id: str, form: str, about_id: str) -> FormEntry | None:
        """Return the entry of a form about a thing that was written last, none that was withdrawn."""
        where = {"programme_id": programme_id, "form": form, "about_id": about_id, "state": {"$ne": "withdrawn"}}
        rows = await self._entries.find(where, sort=[("version", DESCENDING), ("_id", ASCENDING)], limit=1).to_list()
        return model(FormEntry, rows[0]) if rows else None

    async def counts(self, programme_id: str) -> Mapping[tuple[str, str], int]:
        """Return how many entries a programme has, by form and state."""
        rows = self._entries.aggregate(
            [
                {"$match": {"programme_id": programme_id}},
                {"$group": {"_id": {"form": "$form", "state": "$state"}, "n": {"$sum": 1}}},
            ]
        )
        return {(row["_id"]["form"], row["_id"]["state"]): row["n"] for row in await rows.to_list()}


class MongoPlacements:
    """Behind ``ports.Placements``."""

    def __init__(self, database: Database) -> None:
        self._placements = database["placements"]

    async def put(self, placement: Placement) -> None:
        """Keep a placement unless the same version or a newer one is there."""
        await self._placements.put_newer(document(placement.match_id, placement))

    async def find(self, match_ids: Iterable[str]) -> dict[str, Placement]:
        """Return those that are known, by id."""
        return {found["_id"]: model(Placement, found) for found in await some(self._placements, match_ids)}


class MongoPairs:
    """Behind ``ports.Pairs``."""

    def __init__(self, database: Database) -> None:
        self._pairs = database["pairs"]

    async def put(self, pair: Together) -> None:
        """Keep a pair unless the same version or a newer one is there."""
        await self._pairs.put_newer(document(pair.pair_id, pair))

    async def find(self, pair_ids: Iterable[str]) -> dict[str, Together]:
        """Return those that are known, by id."""
        return {found["_id"]: model(Together, found) for found in await some(self._pairs, pair_ids)}


class MongoPassages:
    """Behind ``ports.Passages``."""

    def __init__(self, database: Database) -> None:
        self._passages = database["passages"]

    async def add(self, mail_id: str, passage: Passage) -> None:
        """Add a passage; one with the same key stays where it is."""
        key = f"{mail_id}/{passage.key}"
        row = document(key, passage, mail_id=mail_id)
        await self._passages.update_one({"_id": key}, {"$setOnInsert": row}, upsert=True)

    async def of(self, mail_ids: Iterable[str]) -> dict[str, tuple[Passage, ...]]:
        """Return the passages of mails that have some, in the order of their keys."""
        where = {"mail_id": {"$in": sorted(set(mail_ids))}}
        found: dict[str, tuple[Passage, ...]] = {}
        async for row in self._passages.find(where, sort=[("_id", ASCENDING)]):
            found[row["mail_id"]] = (*found.get(row["mail_id"], ()), model(Passage, row))
        return found
