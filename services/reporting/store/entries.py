"""Entries, programmes of the engine and placements, as documents."""

from collections.abc import Sequence
from typing import Any

from services.reporting.domain.entries.listing import Released
from services.reporting.domain.entries.records import EngineProgramme, Entry, SubmittedVersion
from services.reporting.domain.entries.searching import FoundActions, Wanted, WantedActions
from services.reporting.domain.entries.subjects import Pair, Placement
from services.reporting.store.plans import page_of_actions
from services.reporting.store.records import Records
from shared.mongo import ASCENDING, DESCENDING, Database
from shared.template import Template

CONCERNING = ("author_ids", "agreed_by", "reader_ids", "plan.owner_id")
"""Where an entry names somebody whom its action plan concerns."""
_BY_ID = [("_id", ASCENDING)]
_LATEST = [("changed_at", DESCENDING), ("_id", ASCENDING)]


class MongoEngineProgrammes:
    """The port `EngineProgrammes` on MongoDB. A template is read once a version: every form asks for its programme."""

    def __init__(self, database: Database) -> None:
        self._programmes = Records(database["engine_programmes"], EngineProgramme, "programme_id")
        self._read: dict[str, tuple[int, Template]] = {}

    async def get(self, programme_id: str) -> EngineProgramme | None:
        """Return the programme, or None before its event has come."""
        if known := self._read.get(programme_id):
            version, template = known
            found = await self._programmes.collection.find_one({"_id": programme_id}, projection={"template": 0})
            if found is not None and found["version"] == version:
                return self._programmes.read({**found, "template": template})
        programme = await self._programmes.get(programme_id)
        if programme is not None:
            self._read[programme_id] = programme.version, programme.template
        return programme

    async def put(self, programme: EngineProgramme) -> None:
        """Save it in place of an older one."""
        await self._programmes.put(programme)

    async def of_template(self, key: str) -> list[EngineProgramme]:
        """Return the programmes with a template of that key, by id."""
        return await self._programmes.all({"template.key": key}, [("_id", ASCENDING)])

    async def recent(self, most: int) -> list[EngineProgramme]:
        """Return programmes of the latest years, the newest year first, then by name."""
        newest = [("year", DESCENDING), ("name", ASCENDING), ("_id", ASCENDING)]
        return await self._programmes.all({}, newest, limit=most)


class MongoPlacements:
    """The port `Placements` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._placements = Records(database["placements"], Placement, "match_id")

    async def get(self, match_id: str) -> Placement | None:
        """Return a placement, also one that has ended."""
        return await self._placements.get(match_id)

    async def of_person(self, programme_id: str, person_id: str) -> list[Placement]:
        """Return every placement that is or was this person's, also ended ones."""
        theirs = [{"person_id": person_id}, {"earlier.person_id": person_id}]
        return await self._placements.all({"programme_id": programme_id, "$or": theirs}, [("_id", ASCENDING)])

    async def of_programme(self, programme_id: str) -> list[Placement]:
        """Return every placement of a programme, also ended ones."""
        return await self._placements.all({"programme_id": programme_id}, [("_id", ASCENDING)])

    async def of_people(self, programme_id: str, person_ids: Sequence[str]) -> list[Placement]:
        """Return the placements of these people that stand."""
        where = {"programme_id": programme_id, "person_id": {"$in": list(person_ids)}, "ended": False}
        return await self._placements.all(where, [("_id", ASCENDING)])

    async def at_school(self, programme_id: str, host_school_id: str) -> list[Placement]:
        """Return the placements at this school that stand."""
        where = {"programme_id": programme_id, "host_school_id": host_school_id, "ended": False}
        return await self._placements.all(where, [("_id", ASCENDING)])

    async def put(self, placement: Placement) -> None:
        """Save it in place of an older one."""
        await self._placements.put(placement)


class MongoPairs:
    """The port `Pairs` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._pairs = Records(database["pairs"], Pair, "pair_id")

    async def get(self, pair_id: str) -> Pair | None:
        """Return a pair, also one that has ended."""
        return await self._pairs.get(pair_id)

    async def of_person(self, programme_id: str, person_id: str) -> list[Pair]:
        """Return the pairs that somebody is in, by id."""
        where = {"programme_id": programme_id, "person_ids": person_id, "ended": False}
        return await self._pairs.all(where, [("_id", ASCENDING)])

    async def put(self, pair: Pair) -> None:
        """Save it in place of an older one."""
        await self._pairs.put(pair)


class MongoEntries:
    """The port `Entries` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._entries = Records(database["entries"], Entry, "entry_id")
        self._versions = Records(database["entry_versions"], SubmittedVersion, "entry_id")

    async def get(self, entry_id: str) -> Entry | None:
        """Return an entry as it stands."""
        return await self._entries.get(entry_id)

    async def put(self, entry: Entry) -> None:
        """Save it as it stands and, if it is a new one, its submitted version for good."""
        await self._entries.put(entry)
        if entry.submitted is None:
            return
        version_id = f"{entry.entry_id}:{entry.number}"
        if await self._versions.get(version_id) is None:
            await self._versions.put(entry.submitted, version_id)

    async def with_line(self, line_id: str) -> Entry | None:
        """Return the entry whose action plan has the line as it stands."""
        return await self._entries.first({"plan.line_id": line_id})

    async def planned(self, programme_id: str, person_id: str = "") -> list[Entry]:
        """Return the entries that count and have an action plan, by id; with a person those that concern them."""
        where: dict[str, Any] = {"plan.line_id": {"$exists": True}, "state": {"$in": ["agreed", "released"]}}
        if programme_id:
            where["programme_id"] = programme_id
        if person_id:
            where["$or"] = [{field: person_id} for field in CONCERNING]
        return await self._entries.all(where, _BY_ID)

    async def actions(self, wanted: WantedActions, *, limit: int, offset: int = 0) -> FoundActions:
        """Find lines of the action plans of entries that count: a page of them, the earliest due first."""
        steps = page_of_actions(wanted, limit=limit, offset=offset)
        (found,) = [each async for each in self._entries.collection.aggregate(steps)]
        stand = {one["_id"]: one["number"] for one in found["stand"]}
        return FoundActions(stand, tuple((one["_id"], one["line"]) for one in found["page"]))

    async def versions(self, entry_id: str) -> list[SubmittedVersion]:
        """Return every version that was submitted, the first one first."""
        return await self._versions.all({"entry_id": entry_id}, [("number", ASCENDING)])

    async def search(self, wanted: Wanted, *, limit: int, offset: int = 0) -> tuple[int, list[Entry]]:
        """Return how many entries match, and a page of them, the latest change first."""
        equal = {
            "programme_id": wanted.programme_id,
            "form": wanted.form,
            "about_id": wanted.about_id,
            "school_id": wanted.school_id,
            "author_ids": wanted.author_id,
        }
        where: dict[str, Any] = {field: value for field, value in equal.items() if value}
        if wanted.about_ids:
            where["about_id"] = {"$in": list(wanted.about_ids)}
        if wanted.states:
            where["state"] = {"$in": list(wanted.states)}
        if wanted.named:
            where["_id"] = {"$gte": wanted.named, "$lt": f"{wanted.named}\uffff"}
        found = await self._entries.all(where, _LATEST, limit=limit, skip=offset)
        return await self._entries.collection.count(where), found

    async def find(self, entry_ids: Sequence[str]) -> list[Entry]:
        """Return these entries, in this order; unknown ones are left out."""
        found = await self._entries.all({"_id": {"$in": list(entry_ids)}}, _BY_ID)
        known = {entry.entry_id: entry for entry in found}
        return [known[one] for one in entry_ids if one in known]

    async def released_to(self, person_id: str, programme_id: str, form: str) -> list[Released]:
        """Return the released entries of a form that name this person as a reader, the latest change first."""
        where = {"programme_id": programme_id, "form": form, "state": "released", "reader_ids": person_id}
        wanted = {"school_id": 1, "submitted.answers": 1}
        found = self._entries.collection.find(where, projection=wanted, sort=_LATEST)
        return [Released(one["_id"], one["school_id"], one["submitted"]["answers"]) async for one in found]
