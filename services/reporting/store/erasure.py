"""Takes a person out of every collection that names people."""

from collections.abc import Collection
from typing import Any, get_args

from services.reporting.domain.entries.erasure import emptied, named_in, owned_by, version_unnamed, without
from services.reporting.domain.entries.records import EngineProgramme, Entry, SubmittedVersion
from services.reporting.domain.forms import SurveyAnswer
from services.reporting.store.records import Records
from shared.events.people import Role
from shared.mongo import ASCENDING, Database, Filter
from shared.roster.mongo import MongoRoster

SIGNED = ("appraisals", "appraisal_versions", "findings", "findings_versions")
"""Collections whose records belong to a school and name who wrote them."""

NAMING = (
    *("author_ids", "reader_ids", "agreed_by", "agreements", "silent"),
    *("changes.person_id", "submitted.person_id", "plan.owner_id", "introduced.person_id"),
)
"""Fields of an entry that name people. Its draft and its answered lines name them under keys of their own, too."""


class MongoErasure:
    """The port `Erasure` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget(self, person_id: str) -> None:
        """Delete the person's own notes, and cut the tie to what belongs to a school or is counted."""
        await self._leave_meetings(person_id)
        for role in get_args(Role):
            held = f"people.{role}"
            await self._database["members"].update_many({held: person_id}, {"$unset": {held: ""}})
        await self._database["take_homes"].delete_many({"person_id": person_id})
        answers = Records(self._database["survey_answers"], SurveyAnswer, "response_id")
        for answer in await answers.all({"person_id": person_id}, [("_id", ASCENDING)]):
            await answers.put(answer.model_copy(update={"person_id": answer.response_id}))
        for name in SIGNED:
            await self._database[name].update_many({"person_id": person_id}, {"$set": {"person_id": ""}})
        await self._leave_entries(person_id)
        await MongoRoster(self._database).forget(person_id)

    async def _leave_entries(self, person_id: str) -> None:
        entries, versions = Records(self._database["entries"], Entry, "entry_id"), self._database["entry_versions"]
        programmes = Records(self._database["engine_programmes"], EngineProgramme, "programme_id")
        roster = MongoRoster(self._database)
        through = [one.entry_id for one in await roster.held_by(person_id) if one.entry_id]
        for entry in await entries.all(_naming(person_id, through), [("_id", ASCENDING)]):
            members = await roster.named_in(entry.programme_id, entry.entry_id)
            programme = await programmes.get(entry.programme_id) if entry.entry_id in through else None
            named = named_in(entry, person_id, members, programme.template if programme else None)
            names = any(one.person_id != person_id for one in members)
            left = without(entry, person_id, names=names, named=named)
            if left is not None:
                await entries.put(left)
                fields, owning = emptied(entry, person_id, names=names, named=named), owned_by(entry, person_id)
                if fields is None or fields or owning:
                    await self._unname_versions(entry.entry_id, fields, owning)
                continue
            await entries.collection.delete_one({"_id": entry.entry_id})
            await versions.delete_many({"entry_id": entry.entry_id})
        await versions.update_many({"person_id": person_id}, {"$set": {"person_id": ""}})

    async def _unname_versions(self, entry_id: str, fields: Collection[str] | None, owning: Collection[str]) -> None:
        """Take names and addresses out of everything that was submitted of an entry, as `version_unnamed` does."""
        versions = self._database["entry_versions"]
        async for found in versions.find({"entry_id": entry_id}):
            left = version_unnamed(SubmittedVersion.model_validate(found), fields, owning)
            answers = left.model_dump(mode="json")["answers"]
            await versions.update_one({"_id": found["_id"]}, {"$set": {"answers": answers}})

    async def _leave_meetings(self, person_id: str) -> None:
        meetings = self._database["meetings"]
        for field in ("invited", "present"):
            gone = {"$pull": {field: {"person_id": person_id}}}
            await meetings.update_many({f"{field}.person_id": person_id}, gone)
        await meetings.update_many({"facilitator_id": person_id}, {"$set": {"facilitator_id": None}})
        await meetings.update_many({"caught_up": person_id}, {"$pull": {"caught_up": person_id}})


def _naming(person_id: str, through: Collection[str]) -> Filter:
    """Entries that name the person anywhere that `domain.entries.erasure.without` takes them out of.

    `through`: the entries by which they have roles; these hold a name and address, and no id.
    """
    person = {"$literal": person_id}
    wrote_beside = {"$in": [person, {"$ifNull": ["$$one.v.others.person_id", []]}]}
    under_keys = [
        _any_of("draft", {"$or": [{"$eq": ["$$one.v.person_id", person]}, wrote_beside]}),
        _any_of("answered", {"$eq": ["$$one.v.person_id", person]}),
    ]
    by_id = [*({field: person_id} for field in NAMING), *({"$expr": one} for one in under_keys)]
    return {"$or": [{"_id": {"$in": sorted(through)}}, *by_id]}


def _any_of(field: str, holds: dict[str, Any]) -> dict[str, Any]:
    """Whether this holds of any value, `$$one.v`, of an object that maps keys to values."""
    values = {"$objectToArray": {"$ifNull": [f"${field}", {}]}}
    return {"$anyElementTrue": [{"$map": {"input": values, "as": "one", "in": holds}}]}
