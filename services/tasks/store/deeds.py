"""Entries and answers, as documents."""

from collections.abc import Collection, Mapping

from services.tasks.domain.records import Answer, Entry
from shared.mongo import ASCENDING, Database, Filter

__all__ = ["MongoAnswers", "MongoEntries"]

_BY_ID = [("_id", ASCENDING)]


class MongoEntries:
    """The ports `Entries` and `EntriesAbout` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._entries = database["entries"]

    async def get(self, entry_id: str) -> Entry | None:
        """Return an entry."""
        return next(iter(await self._all({"_id": entry_id})), None)

    async def with_line(self, line_id: str) -> Entry | None:
        """Return the entry whose action plan has that line."""
        return next(iter(await self._all({"lines.line_id": line_id})), None)

    async def with_lines_of(self, person_id: str) -> list[Entry]:
        """Return the entries in whose action plans somebody owns a line."""
        return await self._all({"lines.owner_id": person_id})

    async def put(self, entry: Entry) -> None:
        """Save it in place of an older one."""
        document = {"_id": entry.entry_id, **entry.model_dump(mode="json")}
        await self._entries.put(document)

    async def of_things(self, thing_ids: Collection[str]) -> list[Entry]:
        """Return the entries that concern these things, also by way of another entry."""
        return await self._all({"thing_id": {"$in": sorted(thing_ids)}})

    async def about(self, programme_id: str, about_ids: Collection[str]) -> list[Entry]:
        """Return the entries of a programme about these: a school or person is in several."""
        return await self._all({"programme_id": programme_id, "about_id": {"$in": sorted(about_ids)}})

    async def of_forms(
        self, programme_id: str, forms: Collection[str], school_ids: Collection[str | None]
    ) -> list[Entry]:
        """Return the entries of these forms that are of one of these schools; None: of no school."""
        where = {"programme_id": programme_id, "form": {"$in": sorted(forms)}, "school_id": {"$in": [*school_ids]}}
        return await self._all(where)

    async def _all(self, where: Filter) -> list[Entry]:
        return [Entry.model_validate(one) async for one in self._entries.find(where, sort=_BY_ID)]


class MongoAnswers:
    """The port `Answers` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._answers = database["answers"]

    async def get(self, target_id: str, person_id: str) -> Answer | None:
        """Return somebody's answer."""
        found = await self._answers.find_one({"_id": f"{target_id}|{person_id}"})
        return Answer.model_validate(found) if found else None

    async def of(self, target_ids: Collection[str]) -> Mapping[tuple[str, str], Answer]:
        """Return the answers to these, by (target, person)."""
        found = self._answers.find({"target_id": {"$in": sorted(target_ids)}}, sort=_BY_ID)
        answers = [Answer.model_validate(one) async for one in found]
        return {(one.target_id, one.person_id): one for one in answers}

    async def put(self, answer: Answer) -> None:
        """Save it in place of an older one."""
        key = f"{answer.target_id}|{answer.person_id}"
        await self._answers.put({"_id": key, **answer.model_dump(mode="json")})
