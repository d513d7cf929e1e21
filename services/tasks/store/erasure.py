"""Takes a person out of every collection that names people."""

from services.tasks.store.deeds import MongoEntries
from shared.mongo import Database

__all__ = ["MongoErasure"]

_LISTS = {
    "things": ("attendee_ids", "present_ids"),
    "entries": ("author_ids",),
    "tasks": ("person_ids",),
}
_SINGLE = {"things": (("person_id", None), ("facilitator_id", None)), "tasks": (("done_by", ""),)}
_STATES = ("submitted", "planned", "answered", "changes-asked", "agreement-given", "agreed", "released", "withdrawn")


class MongoErasure:
    """The port `Erasure` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget(self, person_id: str) -> None:
        """Delete what only the person owed or answered, and take them out of what belongs to others, too."""
        await self._database["tasks"].delete_many({"person_ids": [person_id]})
        await self._database["answers"].delete_many({"person_id": person_id})
        for name, fields in _LISTS.items():
            for field in fields:
                await self._database[name].update_many({field: person_id}, {"$pull": {field: person_id}})
        for whom in ("whose", "by"):
            theirs = {"stand_ins": {whom: person_id}}
            await self._database["things"].update_many({f"stand_ins.{whom}": person_id}, {"$pull": theirs})
        for name, pairs in _SINGLE.items():
            for field, nobody in pairs:
                await self._database[name].update_many({field: person_id}, {"$set": {field: nobody}})
        for name, field in (("things", f"since.{person_id}"), ("entries", f"agreements.{person_id}")):
            await self._database[name].update_many({field: {"$exists": True}}, {"$unset": {field: ""}})
        for state in _STATES:
            by = f"steps.{state}.by"
            await self._database["entries"].update_many({by: person_id}, {"$set": {by: ""}})
        await self._own_no_lines(person_id)

    async def _own_no_lines(self, person_id: str) -> None:
        entries = MongoEntries(self._database)
        for entry in await entries.with_lines_of(person_id):
            lines = (
                line.model_copy(update={"owner_id": None}) if line.owner_id == person_id else line
                for line in entry.lines
            )
            await entries.put(entry.model_copy(update={"lines": tuple(lines)}))
